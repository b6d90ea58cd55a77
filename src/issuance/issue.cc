#include "issuance/issue.h"

#include <algorithm>

#include "crypto/second_opinion.h"
#include "issuance/extension_plan.h"
#include "issuance/lint/linted_tbs.h"
#include "x509/certificate_builder.h"
#include "x509/key_identifier.h"

namespace everseal::issuance {
namespace {

using Kind = Refusal::Kind;
using Check = Result<void, Refusal>;

ByteView public_key_of(const Order& order) {
  if (const x509::Csr* csr = csr_of(order)) return csr->public_key_info();
  return std::get<OwnKey>(order.applicant).public_key_info;
}

bool is_root(const Order& order) {
  return order.certificate_template.subject_kind == SubjectKind::RootCa;
}

Check check_issuer(const Issuer& issuer, const Order& order) {
  if (family_of(order.signature_algorithm) != family_of(issuer.key().algorithm())) {
    return Refusal(Kind::FamilyMismatch,
                   "The signing algorithm does not suit the key of the certificate authority.");
  }
  if (is_root(order)) {
    if (std::ranges::equal(public_key_of(order), issuer.key().public_key_info())) return {};
    return Refusal(Kind::MalformedCsr,
                   "A root certificate is issued for the certificate authority's own CSR only.");
  }
  if (issuer.has_certificate() && issuer.may_sign_certificates()) return {};
  return Refusal(Kind::IssuerCannotSign,
                 "The certificate authority has no certificate that lets it issue certificates.");
}

Check check_applicant(const Order& order) {
  const x509::Csr* csr = csr_of(order);
  if (csr == nullptr) return {};
  if (const auto proven = x509::verify_csr(*csr); !proven) {
    return Refusal(Kind::MalformedCsr,
                   "The certificate signing request is invalid: " + proven.error().cause + ".");
  }
  return {};
}

Check check_path_length(const Issuer& issuer, const Order& order) {
  const auto& allowed = issuer.path_length();
  if (order.certificate_template.subject_kind != SubjectKind::SubordinateCa || !allowed) return {};
  const auto& asked = order.certificate_template.path_length;
  if (asked && *asked < *allowed) return {};
  return Refusal(Kind::PathLength,
                 "The path length of the template exceeds what the certificate authority's own "
                 "path length permits.");
}

// A CA must end before the CA above it; any other certificate may end with it.
bool outlives(const x509::Validity& validity, const Issuer& issuer, const Order& order) {
  const auto last = issuer.validity().not_after;
  return order.certificate_template.is_ca() ? validity.not_after >= last
                                            : validity.not_after > last;
}

Check check_validity(const x509::Validity& validity, const Issuer& issuer, const Order& order,
                     TimePoint now) {
  if (is_root(order)) return {};
  if (outlives(validity, issuer, order)) {
    return Refusal(Kind::ValidityBeyondIssuer,
                   "The certificate validity specified exceeds the certificate authority validity");
  }
  const auto& longest = issuer.longest_validity();
  if (!longest || validity.not_after - now <= *longest) return {};
  return Refusal(Kind::ValidityTooLong,
                 "The certificate validity specified exceeds what a certificate authority for "
                 "short-lived certificates may issue.");
}

Check check_names(const Issuer& issuer, const x509::TbsCertificate& tbs) {
  if (issuer.name_constraints().empty()) return {};
  x509::ConstraintsOfPath constraints = issuer.name_constraints();
  if (const auto allowed = constraints.allow(tbs); !allowed) {
    return Refusal(Kind::NameNotPermitted,
                   "A name breaks the certificate authority's " + allowed.error().cause + ".");
  }
  return {};
}

ByteView issuer_name(const Issuer& issuer, const Order& order) {
  return is_root(order) ? subject_of(order) : issuer.name();
}

Check check_somebody_is_named(const Order& order, const std::vector<x509::Extension>& extensions) {
  if (!is_empty_name(subject_of(order))) return {};
  const auto& wanted = x509::oids::kSubjectAlternativeName;
  if (std::ranges::find(extensions, wanted, &x509::Extension::type) != extensions.end()) return {};
  return Refusal(Kind::MalformedCsr,
                 "The certificate signing request has neither a subject nor a subject alternative "
                 "name.");
}

// The bytes to sign, judged by nobody yet.
Result<Bytes, Refusal> draft(const Issuer& issuer, const Order& order,
                             const x509::Validity& validity, Random& random) {
  const auto plan = ExtensionPlan::make(issuer, order);
  if (!plan) return plan.error();
  auto key_id = x509::key_identifier(public_key_of(order));
  if (!key_id) return Refusal(Kind::MalformedCsr, key_id.error().cause);
  const auto extensions = plan->extensions(*std::move(key_id));
  if (const auto named = check_somebody_is_named(order, extensions); !named) return named.error();
  const auto serial = x509::SerialNumber::random(random);
  return x509::build_tbs({.serial = serial,
                          .signature_algorithm = order.signature_algorithm,
                          .issuer = issuer_name(issuer, order),
                          .validity = validity,
                          .subject = subject_of(order),
                          .public_key_info = public_key_of(order),
                          .extensions = extensions});
}

Refusal would_break(const std::vector<lint::Finding>& findings) {
  std::string message = "The certificate would break a rule: ";
  for (const auto& [rule, source, what] : findings) {
    if (&rule != &findings.front().rule) message += "; ";
    message.append(what).append(" (").append(source).append(")");
  }
  return {Kind::LintFailed, message + "."};
}

Result<lint::LintedTbs, Refusal> judge(Bytes tbs, const Issuer& issuer, const Order& order) {
  auto proof = lint::lint(std::move(tbs), {.name = issuer_name(issuer, order),
                                           .key_id = is_root(order) ? ByteView() : issuer.key_id(),
                                           .signature_algorithm = order.signature_algorithm});
  if (!proof) return would_break(proof.error());
  if (const auto allowed = check_names(issuer, proof->tbs()); !allowed) return allowed.error();
  return *std::move(proof);
}

Check second_opinion(const Order& order, const Issuer& issuer, ByteView der) {
  if (!order.certificate_template.is_ca()) return {};
  const auto agrees = crypto::second_opinion(der, issuer.key().public_key_info());
  if (agrees) return {};
  return Refusal(Kind::Broken, "OpenSSL does not accept a CA certificate: " + agrees.error().cause);
}

// The only place that signs certificates. Whoever comes here leaves the proof behind.
Result<IssuedCertificate, Refusal> sign(lint::LintedTbs proof, const keys::SigningKey& key) {
  const auto algorithm = proof.signature_algorithm();
  const auto signature = key.sign(algorithm, proof.der());
  if (!signature) return signature.error();
  Bytes der = x509::assemble_certificate(proof.der(), algorithm, *signature);
  return IssuedCertificate{std::move(der), std::move(proof).take()};
}

}  // namespace

Result<IssuedCertificate, Refusal> issue(const Issuer& issuer, const Order& order, TimePoint now,
                                         Random& random) {
  if (const auto fit = check_issuer(issuer, order); !fit) return fit.error();
  if (const auto fit = check_path_length(issuer, order); !fit) return fit.error();
  const auto validity = validity_of(order.validity, order.not_before, now);
  if (!validity) return validity.error();
  if (const auto fit = check_validity(*validity, issuer, order, now); !fit) return fit.error();
  if (const auto proven = check_applicant(order); !proven) return proven.error();
  auto tbs = draft(issuer, order, *validity, random);
  if (!tbs) return std::move(tbs).error();
  auto proof = judge(*std::move(tbs), issuer, order);
  if (!proof) return std::move(proof).error();
  auto issued = sign(*std::move(proof), issuer.key());
  if (!issued) return issued;
  if (const auto agreed = second_opinion(order, issuer, issued->der); !agreed) {
    return agreed.error();
  }
  return issued;
}

}  // namespace everseal::issuance
