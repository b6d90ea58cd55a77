#pragma once

#include "asn1/der_reader.h"
#include "x509/algorithm.h"

namespace everseal::x509 {

// SubjectPublicKeyInfo (RFC 5280, 4.1.2.7), its form only; crypto::PublicKey knows what keys mean.
struct PublicKeyInfo {
  ByteView whole;  // DER
  Algorithm algorithm;
  ByteView key;  // what stands in the BIT STRING
};

// The views lie in the reader's input.
inline PublicKeyInfo read_public_key_info(asn1::DerReader& in) {
  PublicKeyInfo info;
  info.whole = in.octets_read_by([&](asn1::DerReader& outer) {
    outer.sequence([&](asn1::DerReader& body) {
      info.algorithm = read_algorithm(body);
      info.key = body.bit_string_octets();
    });
  });
  return info;
}

}  // namespace everseal::x509
