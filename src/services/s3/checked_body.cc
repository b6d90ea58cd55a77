#include "services/s3/checked_body.h"

#include "services/s3/values/errors.h"

namespace everseal::s3 {

Result<void, ApiError> check_body(const HeaderMap& headers, ByteView body) {
  const auto announced = announced_checksum(headers);
  if (!announced) return announced.error();
  if (!announced->md5 && !announced->value) return checksum_missing();
  if (announced->md5) {
    crypto::RunningDigest md5(crypto::RunningDigest::Algorithm::Md5);
    md5.update(body);
    if (md5.finish() != *announced->md5) return bad_digest();
  }
  if (announced->value) {
    RunningChecksum checksum(announced->algorithm);
    checksum.update(body);
    if (checksum.finish() != *announced->value) return bad_checksum(name_of(announced->algorithm));
  }
  return {};
}

}  // namespace everseal::s3
