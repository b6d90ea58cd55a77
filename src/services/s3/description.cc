#include "services/s3/description.h"

#include <utility>

#include "aws/access.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/stored_headers.h"
#include "services/s3/values/tagging.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {
namespace {

Result<std::string, ApiError> wanted_tagging(const aws::endpoint::Authorizer& authorizer,
                                             const aws::Call& call, const HeaderMap& headers,
                                             std::string object_arn) {
  const auto header = headers.find("x-amz-tagging");
  if (header == headers.end()) return std::string();
  const auto tags = read_tagging(header->second);
  if (!tags) return tags.error();
  const auto denied =
      authorizer.authorize(call, "s3:PutObjectTagging", aws::on(std::move(object_arn)));
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDenied", 403, (*denied)->message);
  return to_tagging(*tags);
}

}  // namespace

Result<Object, ApiError> described_object(const aws::endpoint::Authorizer& authorizer,
                                          const aws::Call& call, const std::string& bucket,
                                          const std::string& key, const HeaderMap& headers) {
  if (auto fine = check_key(key); !fine) return fine.error();
  const auto arn = object_arn(bucket, key);
  auto stored = headers_to_store(headers);
  if (!stored) return stored.error();
  const auto acl = wanted_acl(authorizer, call, headers, arn);
  if (!acl) return acl.error();
  auto tagging = wanted_tagging(authorizer, call, headers, arn);
  if (!tagging) return tagging.error();
  Object object{.id = {}, .bucket = bucket, .key = key};
  object.headers = *std::move(stored);
  object.acl = *acl;
  object.tagging = *std::move(tagging);
  return object;
}

}  // namespace everseal::s3
