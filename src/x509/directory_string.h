#pragma once

#include <optional>
#include <string>

#include "asn1/tag.h"
#include "encoding/bytes.h"

namespace everseal::x509 {

// Whether ASN.1 calls it a string of characters.
bool is_string(asn1::Tag tag);

// Whether string_to_utf8() has an answer, at less cost.
bool is_well_encoded(asn1::Tag tag, ByteView content);

// The characters of a string, in UTF-8. BMPString is UCS-2, UniversalString UCS-4; TeletexString is
// read as Latin-1, which is how everybody writes it. Octets above 0x7f in the ASCII types count as
// Latin-1 too: such names exist, and a linter may complain. Nothing: not a string type, or octets
// that its encoding does not allow.
std::optional<std::string> string_to_utf8(asn1::Tag tag, ByteView content);

}  // namespace everseal::x509
