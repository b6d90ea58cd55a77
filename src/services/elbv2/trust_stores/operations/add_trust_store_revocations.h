#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/followed.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/settings.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "services/elbv2/trust_stores/trust_store.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// AddTrustStoreRevocations: CRLs for a trust store, copied now, all of them or none. What they
// revoke is refused in addition to what other CRLs of the store revoke, of the same issuer or not.
struct AddTrustStoreRevocations {
  static constexpr std::string_view name = "AddTrustStoreRevocations";
  struct RevocationContent {
    std::string bucket;
    std::string key;
    std::optional<std::string> version;
    std::optional<shapes::RevocationType> type;
    static constexpr auto fields =
        std::tuple{aws::required("S3Bucket", &RevocationContent::bucket),
                   aws::required("S3Key", &RevocationContent::key),
                   aws::optional("S3ObjectVersion", &RevocationContent::version),
                   aws::optional("RevocationType", &RevocationContent::type)};
  };
  struct Request {
    std::string trust_store_arn;
    std::vector<RevocationContent> contents;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn),
                   aws::optional("RevocationContents", &Request::contents)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound. ValidationError: no ARN of a trust store, no file.
  // RevocationContentNotFound: no such object, or the caller may not read it.
  // InvalidRevocationContent: see read_revocation_file; the files have more than 50 MB together.
  // TooManyTrustStoreRevocationEntries: the store would have too many entries or files.
  Result<shapes::TrustStoreRevocations, ApiError> operator()(const Request& request,
                                                             const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  ObjectSource& objects;
  const Settings& settings;
  Followed followed;

 private:
  Result<std::vector<RevocationList>, ApiError> read_all(const Request& request,
                                                         const aws::Call& call) const;
  Result<shapes::TrustStoreRevocations, ApiError> add_all(
      sql::Transaction& tx, TrustStore store, const std::vector<RevocationList>& lists) const;
};

}  // namespace everseal::elbv2::trust_stores
