#pragma once

#include <string>
#include <string_view>

#include "services/s3/object_store.h"
#include "services/s3/values/checksum.h"

// What answers say of objects in their headers.
namespace everseal::s3 {

std::string quoted_etag(std::string_view etag);

// ETag, version and encryption, as the answers to writes have them.
HeaderMap written_headers(const Object& object, Bucket::Versioning versioning);

// Those, and what was stored with it, as the answers to reads have them.
HeaderMap read_headers(const Object& object, Bucket::Versioning versioning);

// x-amz-checksum-crc32 and x-amz-checksum-type.
void add_checksum(HeaderMap& headers, const Object& object);

}  // namespace everseal::s3
