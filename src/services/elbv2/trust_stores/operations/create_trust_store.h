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
#include "random/random.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/bundle_file.h"
#include "services/elbv2/trust_stores/followed.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/elbv2/trust_stores/settings.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// CreateTrustStore: a name for the CA certificates of a file, which is copied now: what becomes of
// the file afterwards changes nothing. Ready when answered. With the tag everseal:ca-arn it follows
// that private CA instead, and the file is not looked at.
struct CreateTrustStore {
  static constexpr std::string_view name = "CreateTrustStore";
  struct Request {
    std::string trust_store;
    std::string bucket;
    std::string key;
    std::optional<std::string> version;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields = std::tuple{
        aws::required("Name", &Request::trust_store, shapes::name_length, shapes::name_letters),
        aws::required("CaCertificatesBundleS3Bucket", &Request::bucket),
        aws::required("CaCertificatesBundleS3Key", &Request::key),
        aws::optional("CaCertificatesBundleS3ObjectVersion", &Request::version),
        aws::optional("Tags", &Request::tags)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // DuplicateTrustStoreName: there is one of that name with another bundle or other tags; with the
  // same ones it is answered once more. TooManyTrustStores, TooManyTags, DuplicateTagKeys.
  // CaCertificatesBundleNotFound: no such object, or the caller may not read it.
  // InvalidCaCertificatesBundle: see read_bundle. ValidationError: no such CA to follow.
  Result<shapes::TrustStores, ApiError> operator()(const Request& request,
                                                   const aws::Call& call) const;

  sql::Database& database;
  Random& random;
  const Clock& clock;
  ObjectSource& objects;
  const Settings& settings;
  Followed followed;

 private:
  // The CA certificates of the new store, and the CA that it follows.
  Result<BundleFile, ApiError> bundle_for(const Request& request, const aws::Call& call,
                                          const std::optional<std::string>& ca_arn) const;
};

}  // namespace everseal::elbv2::trust_stores
