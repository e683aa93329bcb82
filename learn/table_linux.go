package learn

import (
	"os"
	"syscall"
	"unsafe"
)

// preferLargePages asks the kernel to keep memory in large pages, of which the processor finds the place faster than of small ones:
// most lookups in a model's tables wait for that. It is a wish only, and changes nothing else.
func preferLargePages(b []byte) {
	page := os.Getpagesize()
	skip := -int(uintptr(unsafe.Pointer(unsafe.SliceData(b)))) & (page - 1)
	b = b[skip:]
	_ = syscall.Madvise(b[:len(b)&^(page-1)], syscall.MADV_HUGEPAGE)
}
