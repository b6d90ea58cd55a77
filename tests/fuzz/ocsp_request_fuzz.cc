// OCSP questions from strangers, as the body of POST and as the path of GET: whatever the octets
// are, nothing breaks; what is taken keeps the bounds, and says the same once it is written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "asn1/der.h"
#include "encoding/base64.h"
#include "encoding/percent.h"
#include "issuance/ocsp/transfer.h"
#include "x509/ocsp_builder.h"
#include "x509/ocsp_request.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_request(ByteView octets) {
  const auto request = x509::OcspRequest::parse(octets);
  if (!request) return;
  require(asn1::Der::parse(to_bytes(octets)).has_value());
  require(!request->asked().empty() && request->asked().size() <= x509::OcspRequest::kMaxAsked);
  require(request->nonce().size() <= x509::OcspRequest::kMaxNonceOctets);
  const auto again =
      x509::OcspRequest::parse(x509::build_ocsp_request(request->asked(), request->nonce()));
  require(again.has_value());
  require(again->asked() == request->asked());
  require(to_bytes(again->nonce()) == to_bytes(request->nonce()));
}

// A question begins with a SEQUENCE, so that its base64 does not begin with a slash.
void check_path(ByteView octets) {
  if (octets.empty() || octets.front() != 0x30 || octets.size() > 4096) return;
  const std::string path = encoding::to_base64(octets);
  for (const auto& spelled : {path, encoding::percent_encode(path), "/" + path}) {
    require(issuance::ocsp::request_of_path(spelled).value() == to_bytes(octets));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView octets(data, size);
  check_request(octets);
  check_path(octets);
  if (const auto named = issuance::ocsp::request_of_path(as_text(octets))) check_request(*named);
  return 0;
}
