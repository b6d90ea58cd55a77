#pragma once

#include <span>

#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "x509/ocsp_error.h"
#include "x509/ocsp_status.h"

// Writes OCSP questions and answers (RFC 6960, 4). Writes what it is told: nothing is judged here.
// The octets of build_ocsp_data() are parsed (OcspData, which shares no code with this), signed,
// and assembled.
namespace everseal::x509 {

// References: what they point to outlives the call.
struct OcspDataFields {
  ByteView responder_key_id;            // x509::key_identifier of the key that signs
  TimePoint produced_at;                // as all times: floored to seconds; must be encodable
  std::span<const OcspSingle> singles;  // in this order
  ByteView nonce = {};                  // as it was sent; empty: none was
};

// DER of the ResponseData, version 1. The same fields give the same octets, always.
Bytes build_ocsp_data(const OcspDataFields& fields);

// DER of the OCSPResponse, status successful. `certificates` are those that lead from the issuer to
// the signer, DER one after the other; empty: the issuer itself signed.
Bytes assemble_ocsp_response(ByteView data, crypto::SignatureAlgorithm algorithm,
                             ByteView signature, ByteView certificates);

// DER of the OCSPRequest with which a relying party asks, without a signature (RFC 6960, 4.1).
Bytes build_ocsp_request(std::span<const OcspCertId> asked, ByteView nonce = {});

// DER of an OCSPResponse that is nothing but its status.
Bytes ocsp_error_response(OcspError error);

}  // namespace everseal::x509
