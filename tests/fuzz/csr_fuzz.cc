// Certification requests from strangers: whatever the octets are, nothing breaks; what is taken is
// DER, keeps its octets, and says the same once it is written again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "asn1/der.h"
#include "x509/csr.h"
#include "x509/csr_builder.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_rebuilt(const x509::Csr& csr) {
  const std::vector<x509::Extension> extensions(csr.extensions().begin(), csr.extensions().end());
  const Bytes info = x509::build_csr_info(csr.subject().der(), csr.public_key_info(), extensions);
  const auto algorithm = crypto::SignatureAlgorithm::Sha256WithRsa;
  const auto again = x509::Csr::parse(x509::assemble_csr(info, algorithm, csr.signature()));
  require(again.has_value());
  require(again->subject() == csr.subject());
  require(to_bytes(again->public_key_info()) == to_bytes(csr.public_key_info()));
  require(std::equal(extensions.begin(), extensions.end(), again->extensions().begin(),
                     again->extensions().end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView octets(data, size);
  const auto csr = x509::Csr::parse(octets);
  if (!csr) return 0;
  require(to_bytes(csr->der()) == to_bytes(octets));
  require(asn1::Der::parse(to_bytes(octets)).has_value());
  require(to_bytes(x509::Csr::parse_pem(csr->pem()).value().der()) == to_bytes(octets));
  check_rebuilt(*csr);
  if (const auto verified = x509::verify_csr(*csr); !verified) {
    require(!verified.error().cause.empty());
  }
  return 0;
}
