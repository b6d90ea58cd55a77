#include "services/s3/copy_source.h"

#include <gtest/gtest.h>

namespace everseal::s3 {
namespace {

TEST(CopySource, names_a_bucket_and_a_key) {
  const auto read = [](std::string_view header) {
    const auto source = read_copy_source(header);
    if (!source) return std::string(source.error().code);
    return source->bucket + " " + source->key + " " + source->version_id.value_or("-");
  };
  EXPECT_EQ(read("bucket/key"), "bucket key -");
  EXPECT_EQ(read("/bucket/a%20b+c/%C3%A9.txt"), "bucket a b+c/\xc3\xa9.txt -");
  EXPECT_EQ(read("/bucket/a/../b?versionId=v1"), "bucket a/../b v1");
  for (const auto* header : {"", "/", "bucket", "bucket/", "/bucket/", "bucket/%FF", "b/%zz"}) {
    EXPECT_EQ(read(header), "InvalidArgument") << header;
  }
}

}  // namespace
}  // namespace everseal::s3
