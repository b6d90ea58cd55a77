#pragma once

#include <string>

#include "asn1/tag.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"

// Moments as RFC 5280, 4.1.2.5 writes them: to the second, in UTC, ending in Z. Through 2049 they
// are UTCTime (from 1950 on), all others GeneralizedTime; each moment has exactly one encoding.
namespace everseal::asn1 {

struct EncodedTime {
  Tag tag;
  std::string text;  // "250102030405Z" or "20500102030405Z"
};

// Whether the moment lies in the years 0 to 9999, which is all these types can say.
bool is_encodable(TimePoint time);

// Floored to the second. Throws std::out_of_range for what is not encodable: the caller checks.
EncodedTime encode_time(TimePoint time);

// The content of a UTCTime or GeneralizedTime. Malformed: no seconds, a fraction, an offset, a leap
// second, a date that no calendar has, or the type that the rule above does not name for it.
Result<TimePoint> decode_time(Tag tag, ByteView content);

// The same as GeneralizedTime whatever the year, as OCSP has it (RFC 6960, 4.2.2.1):
// "20250102030405Z". Throws and refuses as the two above.
std::string encode_generalized_time(TimePoint time);
Result<TimePoint> decode_generalized_time(ByteView content);

// "No well-defined expiration date" (RFC 5280, 4.1.2.5): 9999-12-31T23:59:59Z.
TimePoint no_expiry();

}  // namespace everseal::asn1
