#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/elbv2/trust_stores/settings.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// ModifyTrustStore: other CA certificates for the same store, copied now. Its revocations stay,
// also those of a CA that is not among them any more: what it may have issued stays revoked.
struct ModifyTrustStore {
  static constexpr std::string_view name = "ModifyTrustStore";
  struct Request {
    std::string trust_store_arn;
    std::string bucket;
    std::string key;
    std::optional<std::string> version;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn),
                   aws::required("CaCertificatesBundleS3Bucket", &Request::bucket),
                   aws::required("CaCertificatesBundleS3Key", &Request::key),
                   aws::optional("CaCertificatesBundleS3ObjectVersion", &Request::version)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound. ValidationError: the ARN, or the store follows a private CA.
  // CaCertificatesBundleNotFound,
  // InvalidCaCertificatesBundle.
  Result<shapes::TrustStores, ApiError> operator()(const Request& request,
                                                   const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  ObjectSource& objects;
  const Settings& settings;
};

}  // namespace everseal::elbv2::trust_stores
