#include "services/acm/server_certificate.h"

#include <algorithm>
#include <utility>

#include "services/acm/certificate_store.h"
#include "services/acm/certificate_users.h"

namespace everseal::acm {

namespace {

// Who uses the certificate, as InUseBy shows it.
constexpr std::string_view kServer = "arn:aws:everseal::everseal:server";

ServerCertificate::Names names_of(const Certificate& certificate) {
  return {.common_name = certificate.domain_name,
          .dns_names = certificate.names,
          .ip_addresses = certificate.ip_addresses};
}

Outcome detach_others(sql::Transaction& tx, const CertificateUsers& users,
                      std::string_view certificate_arn) {
  const auto used = certificates_of(tx, kServer);
  if (!used) return used.error();
  for (const auto& arn : *used) {
    if (arn == certificate_arn) continue;
    if (auto detached = users.detach(tx, arn, kServer); !detached) return detached;
  }
  return {};
}

}  // namespace

Result<std::string, Refusal> ServerCertificate::issue(const std::string& certificate_authority_arn,
                                                      const std::string& region, const Names& names,
                                                      KeyAlgorithm key_algorithm) const {
  Certificate certificate{
      .arn = certificate_arn(region, system_account, random_uuid(random_)).text(),
      .account = std::string(system_account),
      .region = region,
      .domain_name = names.common_name,
      .names = names.dns_names,
      .ip_addresses = names.ip_addresses,
      .key_algorithm = key_algorithm,
      .ca_arn = certificate_authority_arn,
      .requested_by = std::string(kServer),
      .created_at = clock_.now()};
  const auto fresh = issuing_.make(certificate, CertificateOrder::Rights::Service);
  if (!fresh) return fresh.error();
  const CertificateUsers users(clock_, settings_);
  const auto stored = database_.write([&](sql::Transaction& tx) -> Outcome {
    if (auto inserted = insert_certificate(tx, certificate); !inserted) return inserted;
    if (auto kept = issuing_.store(tx, certificate, *fresh, Arrival::Issuance); !kept) return kept;
    if (auto used = users.attach(tx, certificate.arn, kServer); !used) return used;
    return detach_others(tx, users, certificate.arn);
  });
  if (!stored) return Refusal{FailureReason::PcaRequestFailed, stored.error().cause};
  return certificate.arn;
}

Result<std::optional<ServerCertificate::Current>> ServerCertificate::current() const {
  using Found = std::optional<Current>;
  return database_.read([&](sql::Snapshot& view) -> Result<Found> {
    const auto used = certificates_of(view, kServer);
    if (!used) return used.error();
    if (used->empty()) return Found{};
    auto identity = identity_of(view, vault_, used->front());
    if (!identity) return identity.error();
    const auto certificate = find_certificate(view, used->front());
    if (!certificate) return certificate.error();
    if (!*identity || !*certificate) return Fault::broken("the server's certificate is gone");
    return Found(Current{.certificate_arn = used->front(),
                         .identity = **std::move(identity),
                         .not_after = (*certificate)->facts->not_after,
                         .names = names_of(**certificate),
                         .certificate_authority_arn = (*certificate)->ca_arn.value_or(""),
                         .region = (*certificate)->region});
  });
}

Result<bool> ServerCertificate::is_ours(const std::string& certificate_arn) const {
  const auto used =
      database_.read([](sql::Snapshot& view) { return certificates_of(view, kServer); });
  if (!used) return used.error();
  return std::ranges::find(*used, certificate_arn) != used->end();
}

}  // namespace everseal::acm
