#include "x509/chain.h"

#include <algorithm>
#include <array>
#include <limits>

#include "x509/extension_types.h"
#include "x509/name_constraints.h"
#include "x509/oids.h"

namespace everseal::x509 {
namespace {

using Verdict = Result<void, ChainFault>;

constexpr std::array kKnownCritical = {
    oids::kBasicConstraints,       oids::kKeyUsage,
    oids::kNameConstraints,        oids::kExtendedKeyUsage,
    oids::kSubjectAlternativeName, oids::kIssuerAlternativeName,
    oids::kSubjectKeyIdentifier,   oids::kAuthorityKeyIdentifier,
    oids::kCertificatePolicies,    oids::kPolicyMappings,
    oids::kPolicyConstraints,      oids::kInhibitAnyPolicy,
    oids::kSubjectInfoAccess,      oids::kSubjectDirectoryAttributes,
};

bool is_known(const asn1::Oid& type) {
  return std::find(kKnownCritical.begin(), kKnownCritical.end(), type) != kKnownCritical.end();
}

// Walks from the anchor down to the leaf, as RFC 5280, 6.1 does, and keeps its state variables.
class Walk {
 public:
  Walk(std::span<const Certificate> path, const ChainRules& rules, const SignatureVerifier& verify)
      : path_(path), rules_(rules), verify_(verify), policies_(rules.policies, path.size() - 1) {}

  Verdict judge(std::size_t index) {
    using Step = Verdict (Walk::*)(std::size_t);
    constexpr std::array<Step, 6> kSteps = {
        &Walk::issuer, &Walk::validity, &Walk::critical_extensions,
        &Walk::names,  &Walk::policies, &Walk::prepare_for_next};
    for (const auto step : kSteps) {
      if (auto verdict = (this->*step)(index); !verdict) return verdict;
    }
    return {};
  }

 private:
  static ChainFault fault(ChainProblem problem, std::size_t index, std::string cause) {
    return {problem, index, std::move(cause)};
  }
  bool is_anchor(std::size_t index) const { return index + 1 == path_.size(); }

  // 6.1.3 (a) (1) and (4).
  Verdict issuer(std::size_t index) {
    const Certificate& certificate = path_[index];
    if (is_anchor(index)) return anchor(index);
    const Certificate& above = path_[index + 1];
    if (!certificate.issuer().matches(above.subject())) {
      return fault(ChainProblem::WrongIssuer, index, certificate.issuer().text());
    }
    if (!verify_(above, certificate)) {
      return fault(ChainProblem::BadSignature, index, certificate.subject().text());
    }
    return {};
  }

  Verdict anchor(std::size_t index) const {
    const Certificate& root = path_[index];
    if (!rules_.anchor_is_root) return {};
    if (root.is_self_issued() && verify_(root, root)) return {};
    return fault(ChainProblem::NotSelfSigned, index, root.subject().text());
  }

  // 6.1.3 (a) (2).
  Verdict validity(std::size_t index) {
    if (!rules_.at || (is_anchor(index) && !rules_.check_anchor_validity)) return {};
    const Validity& validity = path_[index].validity();
    if (validity.contains(*rules_.at)) return {};
    const bool early = *rules_.at < validity.not_before;
    return fault(early ? ChainProblem::NotYetValid : ChainProblem::Expired, index,
                 path_[index].subject().text());
  }

  // 6.1.4 (o) and 6.1.5 (f).
  Verdict critical_extensions(std::size_t index) {
    for (const auto& extension : path_[index].extensions()) {
      if (!extension.critical || is_known(extension.type)) continue;
      return fault(ChainProblem::UnknownCriticalExtension, index, extension.type.text());
    }
    return {};
  }

  // 6.1.3 (b) and (c): not for self-issued ones, unless it is the last.
  Verdict names(std::size_t index) {
    if (index > 0 && path_[index].is_self_issued()) return {};
    const auto allowed = constraints_.allow(path_[index].tbs());
    if (!allowed) return fault(ChainProblem::NameNotAllowed, index, allowed.error().cause);
    return {};
  }

  // 6.1.3 (d) to (f), 6.1.4 (a), (b) and (h) to (j), 6.1.5.
  Verdict policies(std::size_t index) {
    const Certificate& certificate = path_[index];
    const auto allowed = is_anchor(index) ? policies_.begin(certificate)
                         : index == 0     ? policies_.leaf(certificate)
                                          : policies_.issuer(certificate);
    if (!allowed) return fault(ChainProblem::PolicyNotAllowed, index, allowed.error().cause);
    return {};
  }

  // 6.1.4 (g) and (k) to (n): what a certificate must be to issue the next.
  Verdict prepare_for_next(std::size_t index) {
    if (index == 0 && !rules_.leaf_is_a_ca) return {};
    if (auto verdict = basic_constraints(index); !verdict) return verdict;
    if (auto verdict = key_usage(index); !verdict) return verdict;
    return name_constraints(index);
  }

  Verdict basic_constraints(std::size_t index) {
    const auto constraints = path_[index].extensions().get<BasicConstraints>();
    if (!constraints) return malformed(index, constraints.error());
    if (!*constraints || !(*constraints)->ca) {
      return fault(ChainProblem::NotACa, index, path_[index].subject().text());
    }
    if (!is_anchor(index) && !path_[index].is_self_issued()) {
      if (cas_left_ == 0) {
        return fault(ChainProblem::PathTooLong, index, path_[index].subject().text());
      }
      --cas_left_;
    }
    const auto limit = (*constraints)->path_length;
    if (limit) cas_left_ = std::min<std::size_t>(cas_left_, *limit);
    return {};
  }

  Verdict key_usage(std::size_t index) const {
    const auto usage = path_[index].extensions().get<KeyUsage>();
    if (!usage) return malformed(index, usage.error());
    if (!*usage || (*usage)->has(KeyUsageBit::KeyCertSign)) return {};
    return fault(ChainProblem::MayNotSign, index, path_[index].subject().text());
  }

  Verdict name_constraints(std::size_t index) {
    auto constraints = path_[index].extensions().get<NameConstraints>();
    if (!constraints) return malformed(index, constraints.error());
    if (*constraints) constraints_.add(**std::move(constraints));
    return {};
  }

  static ChainFault malformed(std::size_t index, const Fault& why) {
    return fault(ChainProblem::MalformedExtension, index, why.cause);
  }

  std::span<const Certificate> path_;
  const ChainRules& rules_;
  const SignatureVerifier& verify_;
  ConstraintsOfPath constraints_;
  PoliciesOfPath policies_;
  std::size_t cas_left_ = std::numeric_limits<std::size_t>::max();  // max_path_length
};

}  // namespace

bool signed_by(const Certificate& issuer, const Certificate& certificate) {
  return verify_signature(certificate.signature_algorithm(), issuer.public_key_info(),
                          certificate.tbs().der(), certificate.signature())
      .has_value();
}

std::string_view to_string(ChainProblem problem) {
  switch (problem) {
    case ChainProblem::Empty:
      return "no certificate";
    case ChainProblem::TooLong:
      return "too many certificates";
    case ChainProblem::WrongIssuer:
      return "not issued by the next one";
    case ChainProblem::BadSignature:
      return "not signed by the next one's key";
    case ChainProblem::NotYetValid:
      return "not yet valid";
    case ChainProblem::Expired:
      return "expired";
    case ChainProblem::NotACa:
      return "not a certificate authority";
    case ChainProblem::PathTooLong:
      return "more certificate authorities than a path length allows";
    case ChainProblem::MayNotSign:
      return "its key usage does not include signing certificates";
    case ChainProblem::NameNotAllowed:
      return "a name that name constraints do not allow";
    case ChainProblem::PolicyNotAllowed:
      return "no policy holds where one is required";
    case ChainProblem::UnknownCriticalExtension:
      return "an unknown critical extension";
    case ChainProblem::MalformedExtension:
      return "a malformed extension";
    case ChainProblem::NotSelfSigned:
      return "not a self-signed root";
  }
  return "";
}

ChainFault::operator Fault() const {
  return Fault::malformed("chain: certificate " + std::to_string(index) + ": " +
                          std::string(to_string(problem)) + ": " + cause);
}

Result<void, ChainFault> validate_chain(std::span<const Certificate> path, const ChainRules& rules,
                                        const SignatureVerifier& verify) {
  if (path.empty()) return ChainFault{ChainProblem::Empty, 0, ""};
  if (path.size() > rules.max_length) return ChainFault{ChainProblem::TooLong, 0, ""};
  Walk walk(path, rules, verify);
  for (std::size_t index = path.size(); index-- > 0;) {
    if (auto verdict = walk.judge(index); !verdict) return verdict;
  }
  return {};
}

}  // namespace everseal::x509
