#pragma once

// For the .cc files of crypto/ only: what differs between the curves.
#include <optional>
#include <string_view>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"

namespace everseal::crypto {

struct Curve {
  KeyAlgorithm algorithm;
  const char* group;  // OpenSSL's name
  std::size_t coordinate_octets;
  std::string_view identifier;  // AlgorithmIdentifier, DER: id-ecPublicKey and the curve
};

const Curve& curve_of(KeyAlgorithm algorithm);

// A point, in either form, and the curve that it claims to be on.
struct CurvePoint {
  const Curve* curve;
  ByteView point;
};

// Reads the SubjectPublicKeyInfo of a named curve. It has exactly one DER form per curve and form
// of point, so that comparing octets is parsing it. Nothing: it is something else.
std::optional<CurvePoint> read_curve_spki(ByteView der);

Bytes write_curve_spki(const Curve& curve, ByteView point);

}  // namespace everseal::crypto
