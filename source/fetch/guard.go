package fetch

import (
	"net/netip"
	"syscall"
)

// special are the blocks of addresses that are not of the public network, beside those that netip knows: from the registries of
// special-purpose addresses of IANA (RFC 6890), and those that hold an address of version 4 inside, which would get past the rest.
var special = blocks(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)

func blocks(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// guard is a [net.Dialer]'s Control: it sees the address that is about to be connected to, after names were looked up.
func guard(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil || !public(a.Addr()) {
		return ErrPrivate
	}
	return nil
}

func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, b := range special {
		if b.Contains(a) {
			return false
		}
	}
	return true
}
