package wire

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// reader takes JSON apart in one pass. encoding/json would turn lone surrogates into U+FFFD, and take ten times as long.
type reader struct {
	text string
	at   int
}

var errShort = errors.New("the text ends too early")

func (r *reader) peek() byte {
	for r.at < len(r.text) {
		if c := r.text[r.at]; c > ' ' {
			return c
		}
		r.at++
	}
	return 0
}

func (r *reader) expect(c byte) error {
	if r.peek() != c {
		return fmt.Errorf("'%c' is missing at byte %d", c, r.at)
	}
	r.at++
	return nil
}

// each calls one for every element between opener and closer.
func (r *reader) each(opener, closer byte, one func() error) error {
	if err := r.expect(opener); err != nil {
		return err
	}
	if r.peek() == closer {
		r.at++
		return nil
	}
	for {
		if err := one(); err != nil {
			return err
		}
		switch r.peek() {
		case ',':
			r.at++
		case closer:
			r.at++
			return nil
		default:
			return fmt.Errorf("',' or '%c' is missing at byte %d", closer, r.at)
		}
	}
}

// textValue reads a string. UTF-8, in which a lone surrogate has its three bytes.
func (r *reader) textValue() (string, error) {
	if err := r.expect('"'); err != nil {
		return "", err
	}
	from := r.at
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case '"':
			r.at++
			return r.text[from : r.at-1], nil
		case '\\':
			return r.escaped(from)
		}
		r.at++
	}
	return "", errShort
}

var unescaped = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escaped goes on with a string in which there is an escape.
func (r *reader) escaped(from int) (string, error) {
	out := []byte(r.text[from:r.at])
	for r.at < len(r.text) {
		c := r.text[r.at]
		r.at++
		switch {
		case c == '"':
			return string(out), nil
		case c != '\\':
			out = append(out, c)
		case r.at >= len(r.text):
			return "", errShort
		case r.text[r.at] == 'u':
			unit, err := r.unit()
			if err != nil {
				return "", err
			}
			out = appendUnit(out, unit)
		default:
			plain, known := unescaped[r.text[r.at]]
			if !known {
				return "", fmt.Errorf("an unknown escape at byte %d", r.at)
			}
			out = append(out, plain)
			r.at++
		}
	}
	return "", errShort
}

func (r *reader) unit() (uint32, error) {
	if r.at+5 > len(r.text) {
		return 0, errShort
	}
	unit, err := strconv.ParseUint(r.text[r.at+1:r.at+5], 16, 16)
	r.at += 5
	return uint32(unit), err
}

// appendUnit adds a UTF-16 code unit; the second of a pair joins the first.
func appendUnit(out []byte, unit uint32) []byte {
	if n := len(out); unit >= 0xdc00 && unit < 0xe000 && n >= 3 && out[n-3] == 0xed && out[n-2] >= 0xa0 && out[n-2] < 0xb0 {
		high, _ := pointAt(string(out[n-3:]), 0)
		return utf8.AppendRune(out[:n-3], rune(0x10000+(high-0xd800)<<10+(unit-0xdc00)))
	}
	if unit >= 0xd800 && unit < 0xe000 {
		return append(out, 0xed, byte(0x80|unit>>6&63), byte(0x80|unit&63))
	}
	return utf8.AppendRune(out, rune(unit))
}

func (r *reader) number() (float64, error) {
	r.peek()
	from := r.at
	for r.at < len(r.text) && strings.IndexByte("+-.0123456789eE", r.text[r.at]) >= 0 {
		r.at++
	}
	return strconv.ParseFloat(r.text[from:r.at], 64)
}

const safeInteger = 1<<53 - 1

func (r *reader) integer() (int64, error) {
	value, err := r.number()
	if err != nil {
		return 0, err
	}
	if value != math.Trunc(value) || math.Abs(value) > safeInteger {
		return 0, fmt.Errorf("%v is no safe integer", value)
	}
	return int64(value), nil
}

// skip passes over a value of any kind.
func (r *reader) skip() error {
	_, err := r.script(nil)
	return err
}

// script reads a value and appends it as JSON.stringify writes it: that is what a row is hashed by.
func (r *reader) script(out []byte) ([]byte, error) {
	switch c := r.peek(); {
	case c == '"':
		text, err := r.textValue()
		return appendScript(out, text), err
	case c == '-' || c >= '0' && c <= '9':
		value, err := r.number()
		return appendNumber(out, value), err
	case c == '[':
		out = append(out, '[')
		err := r.each('[', ']', func() (err error) {
			out, err = r.script(comma(out))
			return err
		})
		return append(out, ']'), err
	case c == '{':
		out = append(out, '{')
		err := r.each('{', '}', func() error {
			key, err := r.textValue()
			if err == nil {
				err = r.expect(':')
			}
			if err == nil {
				out, err = r.script(append(appendScript(comma(out), key), ':'))
			}
			return err
		})
		return append(out, '}'), err
	}
	for _, word := range []string{"null", "true", "false"} {
		if strings.HasPrefix(r.text[r.at:], word) {
			r.at += len(word)
			return append(out, word...), nil
		}
	}
	return out, fmt.Errorf("no value at byte %d", r.at)
}

func comma(out []byte) []byte {
	if last := out[len(out)-1]; last == '[' || last == '{' {
		return out
	}
	return append(out, ',')
}
