package wire

import (
	"math"
	"strconv"
)

const hex = "0123456789abcdef"

// appendScript writes a string as JSON.stringify does: a lone surrogate as an escape, everything else as it is.
func appendScript(out []byte, text string) []byte {
	out = append(out, '"')
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '"', '\\':
			out = append(out, '\\', c)
		case '\b':
			out = append(out, `\b`...)
		case '\f':
			out = append(out, `\f`...)
		case '\n':
			out = append(out, `\n`...)
		case '\r':
			out = append(out, `\r`...)
		case '\t':
			out = append(out, `\t`...)
		default:
			if c == 0xed && i+2 < len(text) && text[i+1] >= 0xa0 {
				unit, _ := pointAt(text, i)
				out = append(out, '\\', 'u', hex[unit>>12], hex[unit>>8&15], hex[unit>>4&15], hex[unit&15])
				i += 2
			} else if c < ' ' {
				out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			} else {
				out = append(out, c)
			}
		}
	}
	return append(out, '"')
}

// appendNumber writes a number as JavaScript does: the shortest that reads back, an exponent from 1e21 on and below 1e-6.
func appendNumber(out []byte, value float64) []byte {
	if value == 0 {
		return append(out, '0')
	}
	if size := math.Abs(value); size >= 1e-6 && size < 1e21 {
		return strconv.AppendFloat(out, value, 'f', -1, 64)
	}
	text := strconv.FormatFloat(value, 'e', -1, 64)
	// Go writes 1e-07, JavaScript 1e-7.
	if n := len(text); n >= 4 && text[n-2] == '0' && (text[n-3] == '-' || text[n-3] == '+') {
		text = text[:n-2] + text[n-1:]
	}
	return append(out, text...)
}
