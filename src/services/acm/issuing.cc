#include "services/acm/issuing.h"

#include <algorithm>
#include <utility>

#include "asn1/pem.h"
#include "jobs/jobs.h"
#include "services/acm/certificate_facts.h"
#include "services/acm/expiry_notices.h"
#include "services/acm/renewal_schedule.h"
#include "x509/certificate.h"

namespace everseal::acm {

namespace {

constexpr std::string_view kServicePrincipal = "acm.amazonaws.com";

Refusal failed(const Fault& fault) { return {FailureReason::PcaRequestFailed, fault.cause}; }

std::string chain_pem(const std::vector<Bytes>& chain) {
  std::string pem;
  for (const auto& der : chain) pem += asn1::Pem::print(asn1::kCertificateLabel, der);
  return pem;
}

// The issuer checks what it signs; that the certificate has our key is what all else rests on.
Result<CertificateFacts> facts_for_key(const Bytes& der, const Bytes& public_key_info) {
  const auto certificate = x509::Certificate::parse(der);
  if (!certificate) return certificate.error();
  if (!std::ranges::equal(certificate->public_key_info(), public_key_info)) {
    return Fault::broken("the CA's certificate has another public key than the one ordered");
  }
  return facts_of(*certificate);
}

}  // namespace

Outcome promise_renewal(sql::Transaction& tx, const Certificate& certificate, TimePoint now,
                        const Settings& settings) {
  if (certificate.type != CertificateType::Private) return {};
  const auto facts = renewal_facts(certificate, /*in_use=*/false);
  if (now >= facts.not_after) return {};
  const auto due = due_when_eligible(facts, now, settings);
  return jobs::add(tx, {std::string(kRenewJob), certificate.arn, due, {}});
}

CertificateOrder Issuing::order_for(const Certificate& certificate,
                                    CertificateOrder::Rights rights) const {
  const auto validity = validity_from(clock_.now(), settings_);
  const bool service = rights == CertificateOrder::Rights::Service;
  return {.certificate_authority_arn = certificate.ca_arn.value_or(""),
          .account = certificate.account,
          .region = certificate.region,
          .rights = rights,
          .requested_by =
              service ? std::string(kServicePrincipal) : certificate.requested_by.value_or(""),
          .key_algorithm = crypto_algorithm(certificate.key_algorithm),
          .common_name = certificate.domain_name,
          .dns_names = certificate.names,
          .ip_addresses = certificate.ip_addresses,
          .not_before = validity.not_before,
          .not_after = validity.not_after};
}

Result<Fresh, Refusal> Issuing::make(const Certificate& certificate,
                                     CertificateOrder::Rights rights) const {
  const auto order = order_for(certificate, rights);
  if (const auto possible = issuer_.check(order); !possible) return possible.error();
  const auto key = keys_.take(order.key_algorithm);
  if (!key) return failed(key.error());
  auto sealed = vault_.seal(key->to_pkcs8(), key_context(certificate.arn));
  if (!sealed) return failed(sealed.error());
  auto made = issuer_.sign(order, key->public_key_info());
  if (!made) return made.error();
  auto facts = facts_for_key((*made)->certificate(), key->public_key_info());
  if (!facts) return failed(facts.error());
  return Fresh{.facts = *std::move(facts),
               .material = {.certificate = (*made)->certificate(),
                            .chain = chain_pem((*made)->chain()),
                            .sealed_key = *std::move(sealed)},
               .signed_certificate = *std::move(made),
               .issued_at = clock_.now()};
}

Outcome Issuing::store(sql::Transaction& tx, Certificate certificate, const Fresh& fresh,
                       Arrival arrival) const {
  certificate.status = CertificateStatus::Issued;
  certificate.issued_at = fresh.issued_at;
  certificate.facts = fresh.facts;
  certificate.exported_since_issue = false;
  if (auto updated = update_certificate(tx, certificate); !updated) return updated;
  if (auto put = put_material(tx, certificate, fresh.material); !put) return put;
  if (auto logged = fresh.signed_certificate->store(tx); !logged) return logged;
  const auto due = window_start(fresh.issued_at, fresh.facts.not_after, settings_);
  auto renewal = jobs::add(tx, {std::string(kRenewJob), certificate.arn, due, {}});
  if (!renewal) return renewal;
  auto notices = promise_expiry_notices(tx, certificate, fresh.issued_at, settings_);
  if (!notices) return notices;
  const auto in_use = is_in_use(tx, certificate.arn);
  if (!in_use) return in_use.error();
  return events_.tell(tx, available(certificate, arrival, *in_use, fresh.issued_at));
}

}  // namespace everseal::acm
