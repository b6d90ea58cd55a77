#include "x509/revocation.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "x509/chain.h"
#include "x509/extension_types.h"

namespace everseal::x509 {
namespace {

using Reasons = std::uint16_t;  // bit n is ReasonFlags (n)

constexpr Reasons kAllReasons = 0x1fe;  // keyCompromise (1) to aACompromise (8)

// ---- Names of points

// nameRelativeToCRLIssuer, behind the name that it is relative to.
std::vector<GeneralName> completed(const Name& issuer, ByteView relative_name) {
  asn1::DerReader in(issuer.der());
  const ByteView names = in.element(asn1::Tag::Sequence);
  asn1::DerWriter whole;
  whole.sequence([&] {
    whole.raw(names);
    whole.element(asn1::Tag::Set, relative_name);
  });
  auto name = Name::parse(std::move(whole).take());
  if (!name) return {};
  return {DirectoryName{*std::move(name)}};
}

template <class Point>
std::vector<GeneralName> names_of(const Point& point, const Name& issuer) {
  if (point.relative_name.empty()) return point.full_name;
  return completed(issuer, point.relative_name);
}

bool is_same(const GeneralName& left, const GeneralName& right) {
  const auto* left_name = std::get_if<DirectoryName>(&left);
  const auto* right_name = std::get_if<DirectoryName>(&right);
  if (left_name != nullptr && right_name != nullptr) {
    return left_name->name.matches(right_name->name);
  }
  return left == right;
}

bool have_one_in_common(const std::vector<GeneralName>& left,
                        const std::vector<GeneralName>& right) {
  return std::ranges::any_of(left, [&](const GeneralName& one) {
    return std::ranges::any_of(right,
                               [&](const GeneralName& other) { return is_same(one, other); });
  });
}

// ---- One certificate

// What may be asked of a CRL: the certificate's points, and the kind of certificate it is.
class Subject {
 public:
  static Result<Subject> of(const Certificate& certificate) {
    Subject subject(certificate);
    const auto constraints = certificate.extensions().get<BasicConstraints>();
    if (!constraints) return constraints.error();
    subject.is_ca_ = *constraints && (*constraints)->ca;
    auto points = certificate.extensions().get<CrlDistributionPoints>();
    if (!points) return points.error();
    if (*points) {
      subject.points_ = (*std::move(points))->points;
    } else {
      subject.points_ = {{.full_name = {DirectoryName{certificate.issuer()}}}};
    }
    return subject;
  }

  // For which reasons this CRL may say that the certificate is revoked: 6.3.3 (b) and (d).
  Reasons reasons_in(const TbsCrl& crl) const {
    const auto& scope = crl.distribution_point;
    if (scope && !is_of_kind(*scope)) return 0;
    Reasons reasons = 0;
    for (const auto& point : points_) {
      if (!is_at(point, scope)) continue;
      reasons = static_cast<Reasons>(reasons | point.reasons.value_or(kAllReasons));
    }
    const Reasons covered = scope ? scope->only_reasons.value_or(kAllReasons) : kAllReasons;
    return static_cast<Reasons>(reasons & covered & kAllReasons);
  }

  const SerialNumber& serial() const { return certificate_.serial(); }
  const Name& issuer() const { return certificate_.issuer(); }

 private:
  explicit Subject(const Certificate& certificate) : certificate_(certificate) {}

  bool is_of_kind(const IssuingDistributionPoint& scope) const {
    if (scope.only_attribute_certificates || scope.is_indirect) return false;
    return is_ca_ ? !scope.only_user_certificates : !scope.only_ca_certificates;
  }

  bool is_at(const DistributionPoint& point,
             const std::optional<IssuingDistributionPoint>& scope) const {
    if (!point.crl_issuer.empty()) return false;  // it wants an indirect CRL
    if (!scope) return true;
    const auto names = names_of(*scope, issuer());
    const bool is_unnamed = scope->full_name.empty() && scope->relative_name.empty();
    return is_unnamed || have_one_in_common(names, names_of(point, issuer()));
  }

  const Certificate& certificate_;
  bool is_ca_ = false;
  std::vector<DistributionPoint> points_;
};

// ---- One CRL

bool may_sign_crls(const Certificate& signer) {
  const auto usage = signer.extensions().get<KeyUsage>();
  return usage && (!*usage || (*usage)->has(KeyUsageBit::CrlSign));
}

bool is_signed_by_one(const Crl& crl, std::span<const Certificate> signers,
                      const CrlVerifier& verify) {
  return std::ranges::any_of(signers, [&](const Certificate& signer) {
    return signer.subject().matches(crl.issuer()) && may_sign_crls(signer) && verify(signer, crl);
  });
}

bool is_current(const Crl& crl, std::optional<TimePoint> at) {
  if (!at) return true;
  return crl.this_update() <= *at && crl.next_update() && *at <= *crl.next_update();
}

// 5.2.4: the delta says how `complete` changed.
bool continues(const Crl& delta, const Crl& complete) {
  const TbsCrl& later = delta.tbs();
  const TbsCrl& earlier = complete.tbs();
  return later.number && earlier.number && later.issuer.matches(earlier.issuer) &&
         later.distribution_point == earlier.distribution_point &&
         later.authority_key == earlier.authority_key && later.delta->base <= *earlier.number &&
         *earlier.number < *later.number;
}

// ---- All of them

class Inquiry {
 public:
  Inquiry(const Subject& subject, std::span<const Certificate> signers, const CrlEvidence& evidence,
          const CrlVerifier& verify)
      : subject_(subject), signers_(signers), evidence_(evidence), verify_(verify) {}

  Revocation answer() {
    for (const Crl& crl : evidence_.crls) {
      if (crl.is_delta() || !crl.issuer().matches(subject_.issuer())) continue;
      const Reasons reasons = subject_.reasons_in(crl.tbs());
      if (reasons == 0) {
        why_ += "; a CRL of other certificates";
      } else if (is_usable(crl)) {
        if (const auto entry = entry_in(crl)) return Revoked{entry->revoked_at, entry->reason};
        covered_ = static_cast<Reasons>(covered_ | reasons);
      }
    }
    if (covered_ == kAllReasons) return NotRevoked{};
    return Undetermined{"no CRL speaks of " + std::string(covered_ == 0 ? "it" : "all reasons") +
                        why_};
  }

 private:
  bool is_usable(const Crl& crl) {
    if (!is_current(crl, evidence_.at)) return why_ += "; a CRL that is not current", false;
    if (!is_signed_by_one(crl, signers_, verify_))
      return why_ += "; a CRL that its issuer did not sign", false;
    return true;
  }

  // 6.3.3 (i) to (l): the newest word counts.
  std::optional<CrlEntry> entry_in(const Crl& complete) {
    if (const Crl* delta = newest_delta(complete)) {
      const auto change = delta->find(subject_.serial());
      if (change && change->reason == CrlReason::RemoveFromCrl) return std::nullopt;
      if (change) return change;
    }
    return complete.find(subject_.serial());
  }

  const Crl* newest_delta(const Crl& complete) {
    const Crl* newest = nullptr;
    for (const Crl& crl : evidence_.crls) {
      if (!crl.is_delta() || !continues(crl, complete)) continue;
      if (newest != nullptr && *crl.number() <= *newest->number()) continue;
      if (is_usable(crl)) newest = &crl;
    }
    return newest;
  }

  const Subject& subject_;
  std::span<const Certificate> signers_;
  const CrlEvidence& evidence_;
  const CrlVerifier& verify_;
  Reasons covered_ = 0;
  std::string why_;
};

// ---- Paths

class PathInquiry {
 public:
  PathInquiry(std::span<const Certificate> path, std::span<const Certificate> others,
              const CrlEvidence& evidence, const PathVerifiers& verify)
      : path_(path), others_(others), evidence_(evidence), verify_(verify) {}

  Result<void, PathRevocation> answer() const {
    for (std::size_t index = 0; index + 1 < path_.size(); ++index) {
      auto revocation =
          revocation_of(path_[index], signers(path_.subspan(index + 1)), evidence_, verify_.crl);
      if (!std::holds_alternative<NotRevoked>(revocation)) {
        return PathRevocation{index, std::move(revocation)};
      }
    }
    return {};
  }

 private:
  // Those of the issuer's name: in the path, and whoever else is valid below it.
  std::vector<Certificate> signers(std::span<const Certificate> above) const {
    const Name& issuer = above.front().subject();
    const auto is_of_issuer = [&](const Certificate& each) {
      return each.subject().matches(issuer);
    };
    std::vector<Certificate> found;
    std::ranges::copy_if(above, std::back_inserter(found), is_of_issuer);
    std::ranges::copy_if(others_, std::back_inserter(found), [&](const Certificate& other) {
      return is_of_issuer(other) && is_valid_below(other, above);
    });
    return found;
  }

  bool is_valid_below(const Certificate& other, std::span<const Certificate> above) const {
    for (; !above.empty(); above = above.subspan(1)) {
      std::vector<Certificate> path = {other};
      path.insert(path.end(), above.begin(), above.end());
      const ChainRules rules{
          .at = evidence_.at, .check_anchor_validity = false, .anchor_is_root = false};
      if (validate_chain(path, rules, verify_.certificate) &&
          PathInquiry(path, {}, evidence_, verify_).answer())
        return true;
    }
    return false;
  }

  std::span<const Certificate> path_;
  std::span<const Certificate> others_;
  const CrlEvidence& evidence_;
  const PathVerifiers& verify_;
};

}  // namespace

bool crl_signed_by(const Certificate& signer, const Crl& crl) {
  return verify_crl(crl, signer.public_key_info()).has_value();
}

Revocation revocation_of(const Certificate& certificate, std::span<const Certificate> signers,
                         const CrlEvidence& evidence, const CrlVerifier& verify) {
  const auto subject = Subject::of(certificate);
  if (!subject) return Undetermined{subject.error().cause};
  return Inquiry(*subject, signers, evidence, verify).answer();
}

Result<void, PathRevocation> check_revocation(std::span<const Certificate> path,
                                              std::span<const Certificate> others,
                                              const CrlEvidence& evidence,
                                              const PathVerifiers& verify) {
  return PathInquiry(path, others, evidence, verify).answer();
}

}  // namespace everseal::x509
