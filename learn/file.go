package learn

import (
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/zstd"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// A weight file is
//
//	"onrecord" version:byte kind:string size:uvarint check:[8]byte zstd(payload)
//
// where a string is its length (uvarint) and its bytes, size is that of the payload in bytes, and check the xxHash64 of the
// payload, little-endian. The payload is a sequence of strings, uvarints and models, as its kind defines.
const (
	magic       = "onrecord"
	fileVersion = 1
	maxPayload  = 1 << 28
)

// ErrFile is wrapped by all errors about weights that cannot be read.
const ErrFile sentinel.Error = "weight file"

// Pack makes a weight file of the given kind. The same payload gives the same bytes.
func Pack(kind string, payload []byte) ([]byte, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	defer enc.Close()
	b := append([]byte(magic), fileVersion)
	b = appendString(b, kind)
	b = binary.AppendUvarint(b, uint64(len(payload)))
	b = binary.LittleEndian.AppendUint64(b, xxhash.Sum64(payload))
	return enc.EncodeAll(payload, b), nil
}

// inflate is shared: DecodeAll is safe for concurrent use.
var inflate = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(3), zstd.WithDecoderMaxMemory(maxPayload))
})

// Unpack is the payload of a weight file of the given kind, checked against its sum.
func Unpack(kind string, b []byte) ([]byte, error) {
	if len(b) < len(magic)+1 || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: not a weight file", ErrFile)
	}
	if v := b[len(magic)]; v != fileVersion {
		return nil, fmt.Errorf("%w: version %d, this program reads %d", ErrFile, v, fileVersion)
	}
	r := Reader{b: b[len(magic)+1:]}
	got := r.String()
	size := r.Uint()
	sum := r.bytes(8)
	if err := r.Err(); err != nil {
		return nil, err
	}
	if got != kind {
		return nil, fmt.Errorf("%w: holds %q, want %q", ErrFile, got, kind)
	}
	if size > maxPayload {
		return nil, fmt.Errorf("%w: %s: payload of %d bytes, at most %d", ErrFile, kind, size, maxPayload)
	}
	dec, err := inflate()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrFile, kind, err)
	}
	payload, err := dec.DecodeAll(r.Rest(), make([]byte, 0, min(size, uint64(64*len(b)))))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrFile, kind, err)
	}
	if uint64(len(payload)) != size || xxhash.Sum64(payload) != binary.LittleEndian.Uint64(sum) {
		return nil, fmt.Errorf("%w: %s: damaged: the sum does not agree", ErrFile, kind)
	}
	return payload, nil
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// AppendStrings adds a list of strings to a payload, as [Reader.Strings] reads it.
func AppendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

// A Reader takes a payload apart. After the first failure everything it reads is zero and Err says what was wrong.
type Reader struct {
	b   []byte
	at  int // of what has not been read
	err error
}

// NewReader reads the payload b.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// Err is the first failure, wrapping [ErrFile], or nil.
func (r *Reader) Err() error { return r.err }

// Rest is what has not been read.
func (r *Reader) Rest() []byte { return r.b[r.at:] }

func (r *Reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: "+format, append([]any{ErrFile}, args...)...)
		r.b, r.at = nil, 0
	}
}

// Uint reads an unsigned varint.
func (r *Reader) Uint() uint64 {
	// Most numbers are below 128.
	if r.at < len(r.b) && r.b[r.at] < 0x80 {
		r.at++
		return uint64(r.b[r.at-1])
	}
	return r.longUint()
}

func (r *Reader) longUint() uint64 {
	v, n := binary.Uvarint(r.b[r.at:])
	if n <= 0 {
		r.fail("cut short or damaged number")
		return 0
	}
	r.at += n
	return v
}

// count reads a number of things of at least size bytes each, which cannot be more than the bytes left.
func (r *Reader) count(what string, size int) int {
	v := r.Uint()
	if left := len(r.b) - r.at; v > uint64(left/size) {
		r.fail("%d %s in %d bytes", v, what, left)
		return 0
	}
	return int(v)
}

func (r *Reader) bytes(n int) []byte {
	if left := len(r.b) - r.at; n < 0 || n > left {
		r.fail("cut short: %d bytes wanted, %d left", n, left)
		return nil
	}
	r.at += n
	return r.b[r.at-n : r.at]
}

// String reads a string.
func (r *Reader) String() string { return string(r.bytes(r.count("bytes", 1))) }

// Strings reads a list of strings.
func (r *Reader) Strings() []string {
	list := make([]string, r.count("strings", 1))
	for i := range list {
		list[i] = r.String()
	}
	return list
}
