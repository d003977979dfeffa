// Package wire is what a client of the live protocol has to know (hub/contract/live): deltas, the fold, the checksum,
// packing, frames, close codes. testdata/vectors.json, written by hub/contract/live/vectors.test.ts, holds it to the
// TypeScript that the dashboard runs.
package wire

const (
	fnvOffset = 0x811c9dc5
	fnvPrime  = 0x01000193
)

// HashText is FNV-1a over the UTF-16 code units of a text. The text is UTF-8 in which a lone surrogate has its three bytes.
func HashText(text string) uint32 {
	h := uint32(fnvOffset)
	for i := 0; i < len(text); {
		if text[i] < 0x80 {
			h = (h ^ uint32(text[i])) * fnvPrime
			i++
			continue
		}
		point, bytes := pointAt(text, i)
		i += bytes
		if point < 0x10000 {
			h = (h ^ point) * fnvPrime
			continue
		}
		point -= 0x10000
		h = (h ^ (0xd800 + point>>10)) * fnvPrime
		h = (h ^ (0xdc00 + point&0x3ff)) * fnvPrime
	}
	return h
}

// pointAt reads a code point of more than one byte, lone surrogates among them; a broken one counts as U+FFFD.
func pointAt(text string, i int) (point uint32, bytes int) {
	first := uint32(text[i])
	switch {
	case first >= 0xf0 && i+3 < len(text):
		return first&7<<18 | uint32(text[i+1])&63<<12 | uint32(text[i+2])&63<<6 | uint32(text[i+3])&63, 4
	case first >= 0xe0 && first < 0xf0 && i+2 < len(text):
		return first&15<<12 | uint32(text[i+1])&63<<6 | uint32(text[i+2])&63, 3
	case first >= 0xc0 && first < 0xe0 && i+1 < len(text):
		return first&31<<6 | uint32(text[i+1])&63, 2
	}
	return 0xfffd, 1
}

// mix is MurmurHash3's finaliser.
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// CellHash is the share of a cell in the checksum. keyHash is HashText of its key; a zero cell is an absent one.
func CellHash(keyHash uint32, value int64) uint32 {
	if value == 0 {
		return 0
	}
	return mix(keyHash ^ mix(uint32(value)^uint32(value>>32)*0x9e3779b1))
}

// RowHash is the share of a row; text is its JSON as JavaScript writes it.
func RowHash(text string) uint32 { return mix(HashText(text)) }
