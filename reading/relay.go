package reading

import "onrecord"

func (x index) relay(statements []onrecord.Statement, parents []int, speakers []onrecord.Speaker, of []int) {
}
