// OCSP answers, and the compact form in which ours are kept: whatever the octets are, nothing
// breaks; what is taken says the same once it is written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "asn1/der.h"
#include "issuance/ocsp/compact_answer.h"
#include "x509/ocsp_builder.h"
#include "x509/ocsp_response.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_rebuilt(const x509::OcspData& data) {
  if (!data.responder_key_id()) return;
  const auto again =
      x509::OcspData::parse(x509::build_ocsp_data({.responder_key_id = *data.responder_key_id(),
                                                   .produced_at = data.produced_at(),
                                                   .singles = data.singles(),
                                                   .nonce = data.nonce()}));
  require(again.has_value());
  require(again->singles() == data.singles());
  require(again->produced_at() == data.produced_at());
  require(to_bytes(again->nonce()) == to_bytes(data.nonce()));
}

void check_verified(const x509::OcspResponse& response) {
  for (const auto& issuer : response.certificates()) {
    const auto verified =
        x509::verify_ocsp_response(response, issuer, response.data().produced_at());
    require(verified.has_value() || !verified.error().cause.empty());
  }
}

void check_response(ByteView octets) {
  const auto response = x509::OcspResponse::parse(octets);
  if (!response) return;
  require(asn1::Der::parse(to_bytes(octets)).has_value());
  if (response->error()) {
    require(x509::ocsp_error_response(*response->error()) == to_bytes(octets));
    return;
  }
  require(!response->data().singles().empty());
  check_rebuilt(response->data());
  check_verified(*response);
}

void check_compact(ByteView octets) {
  const auto answer = issuance::ocsp::CompactAnswer::decode(octets);
  if (answer) require(answer->encode() == to_bytes(octets));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_response({data, size});
  check_compact({data, size});
  return 0;
}
