// CRLs from strangers: whatever the octets are, nothing breaks; what is taken is DER, its entries
// are all of its list, and none says more than we could write.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "asn1/der.h"
#include "x509/crl.h"
#include "x509/crl_builder.h"
#include "x509/extension_writer.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_entries(ByteView octets) {
  const auto entries = x509::CrlEntries::parse(octets);
  if (!entries) return;
  std::size_t read = 0;
  std::size_t count = 0;
  for (const x509::CrlEntry& entry : *entries) {
    require(asn1::Der::parse(to_bytes(entry.der)).has_value());
    Bytes ours;
    x509::append_crl_entry(ours, entry.serial, entry.revoked_at, entry.reason);
    require(ours.size() < entry.der.size() || ours == to_bytes(entry.der));
    require(entries->has(entry.reason));
    const auto serial = x509::SerialNumber::from_octets(entry.serial);
    require(entries->find(serial.value()).has_value());
    read += entry.der.size();
    ++count;
    if (count == 100) return;  // to find each of many takes the square of their number
  }
  require(read == octets.size() && count == entries->size());
}

template <class Type>
void check_extension(ByteView octets) {
  const auto parsed = Type::parse(octets);
  if (parsed) require(Type::parse(x509::to_extension(*parsed).value).value() == *parsed);
}

// The same facts and entries in a CRL of our own.
void check_rebuilt(const x509::Crl& crl) {
  const auto algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;
  const auto tbs =
      x509::build_crl_tbs({.signature_algorithm = algorithm,
                           .issuer = crl.issuer().der(),
                           .this_update = crl.this_update(),
                           .next_update = crl.next_update().value_or(crl.this_update()),
                           .number = 1,
                           .authority_key_id = {}},
                          crl.entries().der().size());
  Bytes whole = tbs.head;
  const ByteView run = crl.entries().der();
  whole.insert(whole.end(), run.begin(), run.end());
  whole.insert(whole.end(), tbs.tail.begin(), tbs.tail.end());
  const auto outer = x509::assemble_crl(whole.size(), algorithm, crl.signature());
  whole.insert(whole.begin(), outer.head.begin(), outer.head.end());
  whole.insert(whole.end(), outer.tail.begin(), outer.tail.end());
  const auto again = x509::Crl::parse(whole);
  require(again.has_value());
  require(again->issuer() == crl.issuer() && again->this_update() == crl.this_update());
  require(again->entries().size() == crl.entries().size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView octets(data, size);
  check_entries(octets);
  check_extension<x509::CrlNumber>(octets);
  check_extension<x509::IssuingDistributionPoint>(octets);
  if (size > 0) {  // the first octet says where an entry-less head ends
    const auto at = std::min<std::size_t>(data[0], size - 1);
    const auto around =
        x509::TbsCrl::parse_around(octets.subspan(1, at), 0, octets.subspan(1 + at));
    if (around) require(around->version == 1 || around->version == 2);
  }
  const auto crl = x509::Crl::parse(octets);
  if (!crl) return 0;
  require(asn1::Der::parse(to_bytes(octets)).has_value());
  check_entries(crl->entries().der());
  for (const auto& extension : crl->tbs().extensions) {
    check_extension<x509::CrlNumber>(extension.value);
    check_extension<x509::IssuingDistributionPoint>(extension.value);
  }
  check_rebuilt(*crl);
  return 0;
}
