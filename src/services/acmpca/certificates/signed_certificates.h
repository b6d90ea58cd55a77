#pragma once

#include <string>
#include <string_view>

#include "issuance/log/verification.h"

namespace everseal::acmpca {

// How the issuance log names the import of a CA's certificate: "<CA ARN>/import/<version>".
std::string import_object(std::string_view authority_arn, std::int64_t version);

// And a CRL: "<CA ARN>/crl/<partition, or complete>/<CRL number>".
std::string crl_object(std::string_view authority_arn, std::string_view partition,
                       std::int64_t number);

// The octets behind the leaves that this service wrote: certificates it issued, certificates that
// were installed in its CAs. They outlive their CA. Those of CRLs are in buckets, for others to
// change: only the newest one's place in the log is known.
class SignedCertificates final : public issuance::log::SignedBytes {
 public:
  // Whether the leaf is about a CA of this service.
  static bool owns(const issuance::log::Leaf& leaf);
  // Where the leaf of a certificate is; nothing if no CA here issued it.
  static Result<std::optional<std::uint64_t>> position_of(sql::Snapshot& view,
                                                          std::string_view certificate_arn);
  Result<Answer> find(sql::Snapshot& view, const issuance::log::Leaf& leaf) override;
  Outcome each(sql::Snapshot& view, const std::function<bool(const Claim&)>& use) override;
};

}  // namespace everseal::acmpca
