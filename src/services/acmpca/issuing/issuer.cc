#include "services/acmpca/issuing/issuer.h"

#include <utility>

#include "issuance/issue.h"
#include "services/acmpca/announcing/announcements.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/permission_store.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/revocation/revoking.h"
#include "x509/certificate_builder.h"
#include "x509/extension_writer.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

using Reason = IssuerRefusal::Reason;
using Check = Result<void, IssuerRefusal>;
using From = ReadyAuthorities::From;
using Rights = CertificateOrder::Rights;

constexpr std::string_view template_name = "EndEntityCertificate/V1";

IssuerRefusal failed(const Fault& fault) { return {Reason::RequestFailed, fault.cause}; }

Reason reason_of(issuance::Refusal::Kind kind) {
  using Kind = issuance::Refusal::Kind;
  switch (kind) {
    case Kind::InvalidValidity:
    case Kind::ValidityBeyondIssuer:
      return Reason::InvalidDuration;
    case Kind::NameNotPermitted:
      return Reason::NameConstraints;
    case Kind::IssuerCannotSign:
      return Reason::InvalidState;
    case Kind::KeyUnavailable:
    case Kind::Broken:
      return Reason::RequestFailed;
    case Kind::MalformedCsr:
    case Kind::ValidityTooLong:
    case Kind::FamilyMismatch:
    case Kind::PathLength:
    case Kind::InvalidPassthrough:
    case Kind::LintFailed:
      break;
  }
  return Reason::InvalidArgs;
}

IssuerRefusal translated(const issuance::Refusal& refusal) {
  return {reason_of(refusal.kind), refusal.message};
}

Result<AuthorityArn, IssuerRefusal> arn_of(const CertificateOrder& order) {
  auto arn = AuthorityArn::parse(order.certificate_authority_arn);
  if (!arn || arn->region() != order.region)
    return IssuerRefusal{Reason::InvalidArn, "Not the ARN of a CA in " + order.region + "."};
  if (arn->account() != order.account)
    return IssuerRefusal{Reason::NotFound, "The CA belongs to another account."};
  return *std::move(arn);
}

Check check_authority(const Authority& authority, TimePoint now) {
  if (authority.is_gone(now)) return IssuerRefusal{Reason::NotFound, "The CA is deleted for good."};
  const auto status = authority.status(now);
  if (!may_issue(status))
    return IssuerRefusal{Reason::InvalidState,
                         "The CA is " + std::string(aws::name_of(status)) + ", not ACTIVE."};
  if (authority.usage_mode == UsageMode::ShortLivedCertificate)
    return IssuerRefusal{Reason::InvalidArgs, "The CA issues short-lived certificates only."};
  return {};
}

Check check_order(const CertificateOrder& order, const ReadyAuthority& ready) {
  if (family_of(order.key_algorithm) != family_of(ready.issuer.key().algorithm()))
    return IssuerRefusal{Reason::InvalidArgs, "The key is not of the same family as the CA's."};
  if (order.not_after > ready.issuer.validity().not_after)
    return IssuerRefusal{Reason::InvalidDuration, "The certificate would outlive the CA."};
  return {};
}

Check check_permission(sql::Database& database, const CertificateOrder& order,
                       const Authority& authority) {
  if (order.rights == Rights::Caller) return {};
  const auto permission = database.read([&](sql::Snapshot& view) {
    return find_permission(view, authority.id, order.requested_by, order.account);
  });
  if (!permission) return failed(permission.error());
  const auto& granted = *permission;
  if (granted && granted->allows(PermittedAction::IssueCertificate) &&
      granted->allows(PermittedAction::GetCertificate) &&
      granted->allows(PermittedAction::ListPermissions))
    return {};
  return IssuerRefusal{Reason::AccessDenied,
                       order.requested_by + " has no permission to use the CA."};
}

struct Names {
  x509::Name subject;
  std::vector<x509::GeneralName> alternative;
};

Result<Names, IssuerRefusal> names_of(const CertificateOrder& order) {
  auto subject = x509::NameBuilder().add(x509::oids::kCommonName, order.common_name).build();
  if (!subject) return IssuerRefusal{Reason::InvalidArgs, subject.error().cause};
  Names names{*std::move(subject), {}};
  for (const auto& name : order.dns_names) names.alternative.push_back(x509::DnsName{name});
  for (const auto& text : order.ip_addresses) {
    auto address = x509::IpAddress::parse(text);
    if (!address) return IssuerRefusal{Reason::InvalidArgs, address.error().cause};
    names.alternative.push_back(*std::move(address));
  }
  return names;
}

// Judges the names before there is a key: in a certificate that nobody signs.
Check check_names(const CertificateOrder& order, const issuance::Issuer& issuer, Random& random) {
  if (issuer.name_constraints().empty()) return {};
  const auto names = names_of(order);
  if (!names) return names.error();
  std::vector<x509::Extension> extensions;
  if (!names->alternative.empty())
    extensions.push_back(x509::to_extension(x509::SubjectAlternativeName{names->alternative},
                                            x509::Criticality::NotCritical));
  const auto serial = x509::SerialNumber::random(random);
  const auto tbs = x509::TbsCertificate::parse(
      x509::build_tbs({.serial = serial,
                       .signature_algorithm = crypto::natural_signature(issuer.key().algorithm()),
                       .issuer = issuer.name(),
                       .validity = {order.not_before, order.not_after},
                       .subject = names->subject.der(),
                       .public_key_info = issuer.key().public_key_info(),
                       .extensions = extensions}));
  if (!tbs) return IssuerRefusal{Reason::InvalidArgs, tbs.error().cause};
  auto constraints = issuer.name_constraints();
  const auto allowed = constraints.allow(*tbs);
  if (!allowed) return IssuerRefusal{Reason::NameConstraints, allowed.error().cause};
  return {};
}

issuance::ValidityPeriod absolute(TimePoint time) {
  return {issuance::ValidityPeriod::Type::Absolute,
          std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count()};
}

Check check_room(const ReadyAuthority& ready) {
  if (!ready.crl || ready.crl->has_room) return {};
  return IssuerRefusal{Reason::LimitExceeded,
                       too_many_certificates(ready.authority.arn.text()).message};
}

// Everything that is known before there is a key.
Check check_all(sql::Database& database, const CertificateOrder& order, const ReadyAuthority& ready,
                TimePoint now, Random& random) {
  if (auto fit = check_authority(ready.authority, now); !fit) return fit;
  if (auto fit = check_permission(database, order, ready.authority); !fit) return fit;
  if (auto fit = check_order(order, ready); !fit) return fit;
  if (auto fit = check_room(ready); !fit) return fit;
  return check_names(order, ready.issuer, random);
}

// Runs `attempt` with what is kept in memory; what it refuses, it judges again with what the
// database says now.
template <class Attempt>
auto with_authority(ReadyAuthorities& authorities, const CertificateOrder& order, Attempt attempt)
    -> decltype(attempt(ReadyAuthorities::Found())) {
  const auto arn = arn_of(order);
  if (!arn) return arn.error();
  const auto answer_from = [&](From from) -> decltype(attempt(ReadyAuthorities::Found())) {
    const auto ready = authorities.find(arn->text(), from);
    if (!ready) return failed(ready.error());
    if (!*ready) return IssuerRefusal{Reason::NotFound, "There is no such CA."};
    return attempt(*ready);
  };
  auto answer = answer_from(From::Memory);
  if (answer) return answer;
  return answer_from(From::Database);
}

}  // namespace

struct SignedCertificate::State {
  ReadyAuthorities::Found signer;
  Bytes certificate;
  x509::SerialNumber serial;
  std::vector<Bytes> chain;
  std::string requested_by;
  TimePoint signed_at;
  Settings settings;
  Announcer& announcer;
};

SignedCertificate::SignedCertificate(std::unique_ptr<State> state) : state_(std::move(state)) {}
SignedCertificate::SignedCertificate(SignedCertificate&&) noexcept = default;
SignedCertificate& SignedCertificate::operator=(SignedCertificate&&) noexcept = default;
SignedCertificate::~SignedCertificate() = default;

const Bytes& SignedCertificate::certificate() const { return state_->certificate; }
const std::vector<Bytes>& SignedCertificate::chain() const { return state_->chain; }

Outcome SignedCertificate::store(sql::Transaction& tx) const {
  const auto& authority = state_->signer->authority;
  const auto current = is_current(tx, authority);
  if (!current) return current.error();
  if (!*current) return Fault::conflict(authority.arn.text() + " was changed after it signed");
  const auto crl = state_->signer->crl ? state_->signer->crl->id : std::nullopt;
  const auto recorded = record_certificate(tx, {.authority = authority,
                                                .serial = state_->serial.octets(),
                                                .der = state_->certificate,
                                                .template_name = template_name,
                                                .requested_by = state_->requested_by,
                                                .issued_at = state_->signed_at,
                                                .crl = crl});
  if (!recorded) return recorded;
  const auto arn = certificate_arn(authority.arn, state_->serial.octets());
  auto announced =
      state_->announcer.announce(tx, certificate_issued(authority.arn, arn, state_->signed_at));
  if (!announced || !crl) return announced;
  const auto room = take_room(tx, authority, *crl, state_->settings, state_->signed_at);
  if (!room) return room.error();
  if (*room == Room::None)
    return Fault::conflict(too_many_certificates(authority.arn.text()).message);
  return {};
}

Issuer::Issuer(sql::Database& database, const Clock& clock, ReadyAuthorities& authorities,
               Random& random, Announcer& announcer, Settings settings)
    : database_(database),
      clock_(clock),
      authorities_(authorities),
      random_(random),
      announcer_(announcer),
      settings_(settings) {}

aws::Access Issuer::access(const std::string& certificate_authority_arn) const {
  const auto arn = AuthorityArn::parse(certificate_authority_arn);
  if (!arn) return aws::on(certificate_authority_arn);
  return on_authority(database_, *arn);
}

Result<void, IssuerRefusal> Issuer::check(const CertificateOrder& order) const {
  return with_authority(authorities_, order, [&](const ReadyAuthorities::Found& ready) {
    return check_all(database_, order, *ready, clock_.now(), random_);
  });
}

Result<SignedCertificate, IssuerRefusal> Issuer::sign(const CertificateOrder& order,
                                                      ByteView public_key_info) const {
  const Stopwatch stopwatch;
  auto made = try_to_sign(order, public_key_info);
  const bool is_about_a_ca = made || (made.error().reason != Reason::NotFound &&
                                      made.error().reason != Reason::InvalidArn);
  if (is_about_a_ca)
    announcer_.measured({order.certificate_authority_arn, made.has_value(), stopwatch.elapsed()});
  return made;
}

Result<SignedCertificate, IssuerRefusal> Issuer::try_to_sign(const CertificateOrder& order,
                                                             ByteView public_key_info) const {
  const auto names = names_of(order);
  if (!names) return names.error();
  using Signed = Result<SignedCertificate, IssuerRefusal>;
  return with_authority(authorities_, order, [&](const ReadyAuthorities::Found& ready) -> Signed {
    const auto now = clock_.now();
    const auto fit = check_all(database_, order, *ready, now, random_);
    if (!fit) return fit.error();
    const issuance::Order asked{
        .certificate_template = issuance::default_template(),
        .applicant = issuance::OwnKey{public_key_info},
        .signature_algorithm = crypto::natural_signature(ready->issuer.key().algorithm()),
        .validity = absolute(order.not_after),
        .not_before = absolute(order.not_before),
        .passthrough = {.subject = names->subject,
                        .subject_alternative_names = names->alternative}};
    auto issued = issuance::issue(ready->issuer, asked, now, random_);
    if (!issued) return translated(issued.error());
    const auto& installed = *ready->authority.installed;
    std::vector<Bytes> chain{installed.der};
    chain.insert(chain.end(), installed.chain.begin(), installed.chain.end());
    return SignedCertificate(std::make_unique<SignedCertificate::State>(
        SignedCertificate::State{.signer = ready,
                                 .certificate = std::move(issued->der),
                                 .serial = issued->tbs.serial(),
                                 .chain = std::move(chain),
                                 .requested_by = order.requested_by,
                                 .signed_at = now,
                                 .settings = settings_,
                                 .announcer = announcer_}));
  });
}

Outcome Issuer::revoke(sql::Transaction& tx, std::string_view certificate_authority_arn,
                       std::string_view serial_hex, RevocationReason reason) const {
  const auto now = clock_.now();
  const auto serial = x509::SerialNumber::parse(serial_hex);
  if (!serial) return serial.error();
  const auto authority = find_authority(tx, certificate_authority_arn, now);
  if (!authority) return authority.error();
  if (!*authority || !may_revoke((*authority)->status(now)))
    return Fault::conflict("The certificate authority cannot revoke certificates now.");
  const auto revoked = acmpca::revoke(tx, **authority, *serial, reason, now);
  if (revoked) {
    const auto arn = certificate_arn((*authority)->arn, serial->octets());
    return announcer_.announce(tx, certificate_revoked((*authority)->arn, arn, now));
  }
  if (is_already_revoked(revoked.error())) return {};
  const auto& error = revoked.error();
  return error.http_status < 500 ? Fault::conflict(error.message) : Fault::broken(error.cause);
}

}  // namespace everseal::acmpca
