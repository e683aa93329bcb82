// Package sentinel makes errors that callers compare with [errors.Is] constants, which nobody can set anew.
package sentinel

// An Error is an error that is nothing but its message. Two with one message are the same.
type Error string

// Error is the message.
func (e Error) Error() string { return string(e) }
