#pragma once

#include <string>

#include "encoding/bytes.h"
#include "http/message.h"

// Signature Version 2 in the query, which `aws s3 presign` of CLI v1 and boto3 still make in older
// regions. Of S3 only; its requests name their own end and nothing of their body.
namespace everseal::aws::sigv4 {

// The text that is signed. The path of `head` has the bucket in it, also where the client has it in
// the host.
std::string version_two_string_to_sign(const http::RequestHead& head);

// base64(HMAC-SHA1(secret, text)).
std::string version_two_signature(ByteView secret, const std::string& text);

}  // namespace everseal::aws::sigv4
