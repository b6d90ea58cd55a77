// Files that people bring for trust stores: whatever the octets are, nothing breaks. What is taken
// as a bundle reads back as such; what is taken as a CRL is kept with all of its serial numbers,
// ascending; what is kept of serial numbers reads back, or is refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "asn1/pem.h"
#include "encoding/bytes.h"
#include "services/elbv2/trust_stores/bundle.h"
#include "services/elbv2/trust_stores/revocation_file.h"
#include "services/elbv2/trust_stores/serials.h"

namespace {

using namespace everseal;
using namespace everseal::elbv2::trust_stores;

void require(bool holds) {
  if (!holds) std::abort();
}

const Settings& settings() {
  static const Settings any{.takes_foreign_crls = true};
  return any;
}

void check_bundle(std::string_view file) {
  const auto bundle = read_bundle(file, settings());
  if (!bundle) {
    require(bundle.error().code == "InvalidCaCertificatesBundle");
    return;
  }
  const auto kept = kept_bundle(file);
  require(kept.has_value() && *kept == *bundle && !bundle->empty());
}

void check_revocations(std::string_view file) {
  const auto list = read_revocation_file(file, {}, settings());
  if (!list) return;
  std::int64_t count = 0;
  std::optional<x509::SerialNumber> last;
  for (const Bytes& piece : list->serials) {
    require(piece.size() <= piece_octets);
    PackedSerials serials(piece);
    for (;;) {
      const auto serial = serials.next();
      require(serial.has_value());
      if (!*serial) break;
      require(!last || *last < **serial);
      last = **serial;
      ++count;
    }
  }
  require(count <= list->entries && (count > 0) == (list->entries > 0));
}

void check_serials(ByteView piece) {
  PackedSerials serials(piece);
  for (std::size_t count = 0; count <= piece.size(); ++count) {
    const auto serial = serials.next();
    if (!serial || !*serial) return;
  }
  require(false);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView octets(data, size);
  check_bundle(as_text(octets));
  check_revocations(as_text(octets));
  check_serials(octets);
  // Without the armour, so that what lies within is reached sooner.
  check_bundle(asn1::Pem::print(asn1::kCertificateLabel, octets));
  check_revocations(asn1::Pem::print(asn1::kCrlLabel, octets));
  return 0;
}
