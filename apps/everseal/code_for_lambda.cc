#include "code_for_lambda.h"

#include <span>
#include <utility>

#include "services/s3/values/bucket_name.h"

namespace everseal::app {

Result<std::optional<Bytes>, ApiError> CodeForLambda::read(const aws::Call& call,
                                                           std::string_view bucket,
                                                           std::string_view key,
                                                           std::uint64_t most) {
  const auto denied =
      authorizer_.authorize(call, "s3:GetObject", aws::on(s3::object_arn(bucket, key)));
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDeniedException", 403, (*denied)->message);
  const auto object = reader_.open(bucket, key);
  if (!object) return object.error();
  if (!*object || (*object)->size > most) return std::optional<Bytes>();
  Bytes all((*object)->size);
  std::size_t filled = 0;
  while (filled < all.size()) {
    const auto size = (*object)->octets->read(std::span(all).subspan(filled));
    if (!size) return size.error();
    if (*size == 0) return ApiError(Fault::broken("an object ends before its length"));
    filled += *size;
  }
  return std::optional(std::move(all));
}

}  // namespace everseal::app
