package wire

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
)

// TextBytesMax bounds what a packed frame may unfold to.
const TextBytesMax = 64 << 20

// Unpack gives the text of a binary frame: raw deflate (rule C5).
func Unpack(packed []byte) (string, error) {
	inflater := flate.NewReader(bytes.NewReader(packed))
	text, err := io.ReadAll(io.LimitReader(inflater, TextBytesMax+1))
	if err != nil {
		return "", err
	}
	if len(text) > TextBytesMax {
		return "", errors.New("a packed frame is too large")
	}
	return string(text), inflater.Close()
}
