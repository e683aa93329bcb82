package learn

import "unsafe"

// table makes room for n numbers or slots that are looked up in no order.
func table[T any](n int) []T {
	t := make([]T, n)
	var one T
	if size := uintptr(n) * unsafe.Sizeof(one); size >= largePage {
		preferLargePages(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(t))), size))
	}
	return t
}

// largePage is the size, in bytes, of a large page of memory.
const largePage = 2 << 20
