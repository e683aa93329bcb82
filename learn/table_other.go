//go:build !linux

package learn

func preferLargePages([]byte) {}
