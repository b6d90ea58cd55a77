// PEM from strangers: whatever the text is, nothing breaks; every block that is found prints as a
// block that is found again, alone or among all others.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "asn1/pem.h"
#include "x509/certificate.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace everseal;
  const auto text = as_text(ByteView(data, size));
  const auto blocks = asn1::Pem::parse_all(text);
  if (!blocks) return 0;
  std::string printed;
  for (const auto& block : *blocks) {
    require(asn1::Pem::parse_one(block.text(), block.label()).value() == block);
    printed += block.text();
  }
  require(asn1::Pem::parse_all(printed).value() == *blocks);
  if (const auto chain = x509::Certificate::parse_pem_chain(text)) {
    require(x509::Certificate::parse_pem_chain(x509::to_pem(*chain)).value() == *chain);
  }
  return 0;
}
