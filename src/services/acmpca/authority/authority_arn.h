#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/arn.h"
#include "aws/call.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::acmpca {

// arn:aws:acm-pca:<region>:<account>:certificate-authority/<uuid>
class AuthorityArn {
 public:
  AuthorityArn(std::string_view region, std::string_view account, std::string_view uuid);

  // InvalidArnException: anything else.
  static Result<AuthorityArn, ApiError> parse(std::string_view text);

  const std::string& text() const { return arn_.text(); }
  std::string_view region() const { return arn_.region(); }
  std::string_view account() const { return arn_.account(); }

  std::string_view uuid() const;

  friend bool operator==(const AuthorityArn&, const AuthorityArn&) = default;

 private:
  explicit AuthorityArn(Arn arn) : arn_(std::move(arn)) {}
  Arn arn_;
};

// A CA that the caller may mean: one of their region. InvalidArnException: not a CA, or one of
// another region. ResourceNotFoundException: one of another account.
Result<AuthorityArn, ApiError> authority_of(const aws::Call& call, std::string_view arn);

// <CA ARN>/certificate/<serial number, lower-case hexadecimal, at least 32 digits>
std::string certificate_arn(const AuthorityArn& authority, ByteView serial);

// The serial number, big-endian and without leading zeros. InvalidArnException: not the ARN of a
// certificate of this CA.
Result<Bytes, ApiError> serial_of(const AuthorityArn& authority, std::string_view certificate_arn);

}  // namespace everseal::acmpca
