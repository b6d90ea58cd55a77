// Certificates, names and extensions from strangers: whatever the octets are, nothing breaks; what
// is taken is DER and means one encoding only.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "asn1/der.h"
#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "x509/certificate.h"
#include "x509/certificate_builder.h"
#include "x509/chain.h"
#include "x509/extension_writer.h"
#include "x509/name_constraints.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

void copy(asn1::DerReader& in, asn1::DerWriter& out) {
  const auto tag = in.next_tag();
  if (!asn1::is_constructed(tag)) return out.element(tag, in.element(tag));
  in.constructed(tag, [&](asn1::DerReader& inner) {
    out.constructed(tag, [&] {
      while (!inner.at_end()) copy(inner, out);
    });
  });
}

void check_der(ByteView octets) {
  if (!asn1::Der::parse(to_bytes(octets))) return;
  asn1::DerReader in(octets);
  asn1::DerWriter out;
  copy(in, out);
  require(in.finish("DER").has_value());
  require(std::move(out).take() == to_bytes(octets));
}

template <class Type>
void check_extension(ByteView octets) {
  const auto parsed = Type::parse(octets);
  if (!parsed) return;
  if constexpr (requires { x509::to_extension(*parsed); }) {
    require(Type::parse(x509::to_extension(*parsed).value).value() == *parsed);
  } else {
    const auto written = x509::to_extension(*parsed, x509::Criticality::Critical);
    require(Type::parse(written.value).value() == *parsed);
  }
}

void check_extensions(ByteView octets) {
  check_extension<x509::BasicConstraints>(octets);
  check_extension<x509::KeyUsage>(octets);
  check_extension<x509::ExtendedKeyUsage>(octets);
  check_extension<x509::SubjectAlternativeName>(octets);
  check_extension<x509::SubjectKeyIdentifier>(octets);
  check_extension<x509::AuthorityKeyIdentifier>(octets);
  check_extension<x509::CrlDistributionPoints>(octets);
  check_extension<x509::AuthorityInfoAccess>(octets);
  check_extension<x509::CertificatePolicies>(octets);
  check_extension<x509::NameConstraints>(octets);
}

void check_name(ByteView octets) {
  const auto name = x509::Name::parse(octets);
  if (!name) return;
  require(to_bytes(name->der()) == to_bytes(octets));
  require(name->matches(*name) && name->is_within(*name));
  require(name->empty() == name->text().empty());
}

void check_rebuilt(const x509::Certificate& certificate) {
  const auto algorithm = x509::signature_algorithm(certificate.signature_algorithm());
  if (!algorithm || certificate.tbs().version() != 3) return;
  const std::vector<x509::Extension> extensions(certificate.extensions().begin(),
                                                certificate.extensions().end());
  const Bytes tbs = x509::build_tbs({.serial = certificate.serial(),
                                     .signature_algorithm = *algorithm,
                                     .issuer = certificate.issuer().der(),
                                     .validity = certificate.validity(),
                                     .subject = certificate.subject().der(),
                                     .public_key_info = certificate.public_key_info(),
                                     .extensions = extensions});
  const auto again = x509::TbsCertificate::parse(tbs);
  require(again.has_value());
  require(again->serial() == certificate.serial());
  require(again->subject() == certificate.subject());
  require(again->validity() == certificate.validity());
}

void check_certificate(ByteView octets) {
  const auto certificate = x509::Certificate::parse(octets);
  if (!certificate) return;
  require(asn1::Der::parse(to_bytes(octets)).has_value());
  require(x509::Certificate::parse_pem(certificate->pem()).value() == *certificate);
  check_rebuilt(*certificate);
  for (const auto& extension : certificate->extensions()) check_extensions(extension.value);
  const std::array path = {*certificate, *certificate, *certificate};
  const auto trusting = [](const auto&, const auto&) { return true; };
  if (const auto verdict = x509::validate_chain(path, {}, trusting); !verdict) {
    require(!Fault(verdict.error()).cause.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView octets(data, size);
  check_der(octets);
  check_name(octets);
  check_extensions(octets);
  check_certificate(octets);
  return 0;
}
