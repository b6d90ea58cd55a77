#pragma once

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::asn1 {

// Exactly one DER value, well-formed down to its leaves: definite minimal lengths, known primitive
// types in their only encoding, nested at most DerReader::kMaxDepth deep, nothing behind it. What
// stands inside an OCTET STRING is not looked at.
class Der {
 public:
  static Result<Der> parse(Bytes octets);

  ByteView view() const { return octets_; }
  Bytes take() && { return std::move(octets_); }
  friend bool operator==(const Der&, const Der&) = default;

 private:
  explicit Der(Bytes octets) : octets_(std::move(octets)) {}
  Bytes octets_;
};

}  // namespace everseal::asn1
