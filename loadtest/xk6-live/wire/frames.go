package wire

import (
	"encoding/binary"
	"errors"
)

// Opcodes of WebSocket frames (RFC 6455).
const (
	OpContinuation = 0
	OpText         = 1
	OpBinary       = 2
	OpClose        = 8
	OpPing         = 9
	OpPong         = 10
)

// Frame as it came; Payload lies in the bytes it was read from.
type Frame struct {
	Opcode  byte
	Final   bool
	Payload []byte
}

// FrameBytesMax bounds a frame.
const FrameBytesMax = 16 << 20

var errFrame = errors.New("a frame is masked, has reserved bits, or is too large")

// NextFrame takes the first frame off bytes. It returns 0 where its end has not come.
func NextFrame(bytes []byte) (frame Frame, used int, err error) {
	if len(bytes) < 2 {
		return Frame{}, 0, nil
	}
	if bytes[0]&0x70 != 0 || bytes[1]&0x80 != 0 {
		return Frame{}, 0, errFrame
	}
	head, length := 2, uint64(bytes[1])
	switch length {
	case 126:
		head = 4
	case 127:
		head = 10
	}
	if len(bytes) < head {
		return Frame{}, 0, nil
	}
	switch head {
	case 4:
		length = uint64(binary.BigEndian.Uint16(bytes[2:]))
	case 10:
		length = binary.BigEndian.Uint64(bytes[2:])
	}
	if length > FrameBytesMax {
		return Frame{}, 0, errFrame
	}
	end := head + int(length)
	if len(bytes) < end {
		return Frame{}, 0, nil
	}
	return Frame{Opcode: bytes[0] & 15, Final: bytes[0]&0x80 != 0, Payload: bytes[head:end]}, end, nil
}

// AppendFrame writes a client's frame. Its mask is zero: masking protects proxies from hostile scripts, and there are none.
func AppendFrame(out []byte, opcode byte, payload string) []byte {
	out = append(out, 0x80|opcode)
	if n := len(payload); n < 126 {
		out = append(out, 0x80|byte(n))
	} else {
		out = append(out, 0x80|126, byte(n>>8), byte(n))
	}
	out = append(out, 0, 0, 0, 0)
	return append(out, payload...)
}

// CloseCode of a close frame; 1005 where it says none.
func CloseCode(payload []byte) int {
	if len(payload) < 2 {
		return 1005
	}
	return int(binary.BigEndian.Uint16(payload))
}
