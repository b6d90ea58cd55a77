#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "http/message.h"
#include "result/result.h"
#include "services/s3/bucket_access.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// An object as it is now, and its octets, which stay these when it is replaced meanwhile.
struct OpenObject {
  std::uint64_t size = 0;
  std::string etag;  // without quotes
  TimePoint modified_at{};
  std::string content_type;
  HeaderMap headers{};  // that it was stored with
  Acl acl = Acl::Private;
  std::unique_ptr<http::BodySource> octets;  // verified block by block before they are given
};

// How other parts of this program read objects, asking nobody's leave: CRLs on the port for plain
// HTTP. Thread-safe.
class ObjectReader {
 public:
  ObjectReader(sql::Database& database, ObjectFiles& files) : database_(database), files_(files) {}

  // That version of it, or the latest. Nothing: there is none of that key, or no such bucket.
  // Broken: it is damaged.
  Result<std::optional<OpenObject>> open(std::string_view bucket, std::string_view key,
                                         const std::optional<std::string>& version_id = {}) const;

 private:
  sql::Database& database_;
  ObjectFiles& files_;
};

// All of its octets, once. Broken: they end before their length.
Result<Bytes> read_all(const OpenObject& object);

}  // namespace everseal::s3
