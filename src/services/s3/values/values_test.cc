#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "clock/time_text.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/checksum.h"
#include "services/s3/values/conditions.h"
#include "services/s3/values/range.h"
#include "services/s3/values/stored_headers.h"
#include "services/s3/values/tagging.h"

namespace everseal::s3 {
namespace {

std::string range_of(std::string_view header, std::uint64_t size) {
  const auto range = read_range(header, size);
  if (!range) return std::string(range.error().code);
  return *range ? (*range)->content_range(size) : "all";
}

TEST(Range, is_what_http_says) {
  EXPECT_EQ(range_of("bytes=0-4", 11), "bytes 0-4/11");
  EXPECT_EQ(range_of("bytes=6-", 11), "bytes 6-10/11");
  EXPECT_EQ(range_of("bytes=-5", 11), "bytes 6-10/11");
  EXPECT_EQ(range_of("bytes=-50", 11), "bytes 0-10/11");
  EXPECT_EQ(range_of("bytes=10-99999999999999999999999999", 11), "bytes 10-10/11");
}

TEST(Range, cannot_begin_behind_the_end) {
  EXPECT_EQ(range_of("bytes=11-", 11), "InvalidRange");
  EXPECT_EQ(range_of("bytes=99999999999999999999999999-", 11), "InvalidRange");
  EXPECT_EQ(range_of("bytes=-0", 11), "InvalidRange");
  EXPECT_EQ(range_of("bytes=0-", 0), "InvalidRange");
  EXPECT_EQ(range_of("bytes=-1", 0), "InvalidRange");
}

TEST(Range, of_another_form_means_all) {
  for (const auto* header : {"bytes=1-2,4-5", "bytes=5-2", "bytes=-", "bytes=a-b", "bytes=1",
                             "octets=0-1", "", "bytes", "bytes=--1", "bytes= 1-2"}) {
    EXPECT_EQ(range_of(header, 11), "all") << header;
  }
}

TEST(Range, lies_within_the_object_whatever_is_asked) {
  rc::check([](const std::string& noise, std::uint64_t first, std::uint64_t last) {
    const auto size = *rc::gen::inRange<std::uint64_t>(0, 100);
    for (const auto& header : {"bytes=" + std::to_string(first) + "-" + std::to_string(last),
                               "bytes=-" + std::to_string(last), "bytes=" + noise, noise}) {
      const auto range = read_range(header, size);
      if (!range || !*range) continue;
      RC_ASSERT((*range)->length > 0);
      RC_ASSERT((*range)->offset + (*range)->length <= size);
    }
  });
}

TEST(BucketName, is_what_aws_allows) {
  for (const auto* name : {"abc", "a.b-c", "1bucket", "my.company.crl"}) {
    EXPECT_TRUE(is_bucket_name(name)) << name;
  }
  for (const std::string& name :
       {std::string("ab"), std::string(64, 'a'), std::string("Abc"), std::string("-abc"),
        std::string("abc-"), std::string("a..b"), std::string("192.168.0.1"),
        std::string("xn--abc"), std::string("abc-s3alias"), std::string("a_b"), std::string("a/b"),
        std::string("../etc")}) {
    EXPECT_FALSE(is_bucket_name(name)) << name;
  }
}

std::string sum(ChecksumAlgorithm algorithm, std::string_view text) {
  RunningChecksum checksum(algorithm);
  checksum.update(as_bytes(text));
  return checksum.finish().text();
}

TEST(Checksum, is_what_sdks_compute) {
  EXPECT_EQ(sum(ChecksumAlgorithm::Crc32, "hello"), "NhCmhg==");
  EXPECT_EQ(sum(ChecksumAlgorithm::Crc32c, "hello"), "mnG7TA==");
  EXPECT_EQ(sum(ChecksumAlgorithm::Crc64Nvme, "hello"), "M3eFcAZSQlc=");
  EXPECT_EQ(sum(ChecksumAlgorithm::Crc64Nvme, ""), "AAAAAAAAAAA=");
  EXPECT_EQ(sum(ChecksumAlgorithm::Sha1, "hello"), "qvTGHdzF6KLavt4PO0gs2a6pQ00=");
  EXPECT_EQ(sum(ChecksumAlgorithm::Sha256, "hello"),
            "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
}

std::string announced(const HeaderMap& headers) {
  const auto said = announced_checksum(headers);
  if (!said) return std::string(said.error().code);
  return std::string(name_of(said->algorithm)) + (said->value ? " value" : "") +
         (said->in_trailer ? " trailer" : "") + (said->md5 ? " md5" : "");
}

TEST(Checksum, is_read_from_whatever_headers_name_it) {
  EXPECT_EQ(announced({}), "CRC64NVME");
  EXPECT_EQ(announced({{"x-amz-checksum-crc32", "NhCmhg=="}}), "CRC32 value");
  EXPECT_EQ(announced({{"x-amz-trailer", "x-amz-checksum-sha256"}}), "SHA256 trailer");
  EXPECT_EQ(announced({{"x-amz-sdk-checksum-algorithm", "CRC32C"}}), "CRC32C");
  EXPECT_EQ(announced({{"content-md5", "XUFAKrxLKna5cZ2REBfFkg=="}}), "CRC64NVME md5");
}

TEST(Checksum, is_refused_when_it_says_two_things_or_nothing) {
  EXPECT_EQ(
      announced({{"x-amz-checksum-crc32", "NhCmhg=="}, {"x-amz-checksum-crc32c", "mnG7TA=="}}),
      "InvalidRequest");
  EXPECT_EQ(announced({{"x-amz-checksum-crc32", "hello"}}), "InvalidRequest");
  EXPECT_EQ(announced({{"x-amz-checksum-crc32", "M3eFcAZSQlc="}}), "InvalidRequest");
  EXPECT_EQ(announced({{"x-amz-trailer", "x-amz-meta-a"}}), "InvalidRequest");
  EXPECT_EQ(announced({{"x-amz-sdk-checksum-algorithm", "CRC31"}}), "InvalidRequest");
  EXPECT_EQ(announced({{"content-md5", "hello"}}), "InvalidDigest");
}

const TimePoint stored_at = *parse_iso8601("2025-03-01T12:00:00.700Z");

std::string reading(const Conditions& conditions) {
  const auto answer = may_read(conditions, "abc", stored_at);
  if (!answer) return std::string(answer.error().code);
  return *answer == ReadAnswer::Send ? "send" : "not modified";
}

TEST(Conditions, of_reads_are_weighed_as_http_says) {
  const auto before = "Sat, 01 Mar 2025 11:59:59 GMT";
  const auto then = "Sat, 01 Mar 2025 12:00:00 GMT";
  EXPECT_EQ(reading({}), "send");
  EXPECT_EQ(reading({.if_match = "\"abc\""}), "send");
  EXPECT_EQ(reading({.if_match = "\"x\", abc"}), "send");
  EXPECT_EQ(reading({.if_match = "*"}), "send");
  EXPECT_EQ(reading({.if_match = "\"abd\""}), "PreconditionFailed");
  EXPECT_EQ(reading({.if_none_match = "\"abc\""}), "not modified");
  EXPECT_EQ(reading({.if_none_match = "\"abd\""}), "send");
  EXPECT_EQ(reading({.if_modified_since = then}), "not modified");
  EXPECT_EQ(reading({.if_modified_since = before}), "send");
  EXPECT_EQ(reading({.if_modified_since = "yesterday"}), "send");
  EXPECT_EQ(reading({.if_unmodified_since = then}), "send");
  EXPECT_EQ(reading({.if_unmodified_since = before}), "PreconditionFailed");
  EXPECT_EQ(reading({.if_match = "abc", .if_unmodified_since = before}), "send");
  EXPECT_EQ(reading({.if_none_match = "abd", .if_modified_since = then}), "send");
}

std::string writing(const Conditions& conditions, const std::optional<std::string>& etag) {
  const auto answer = may_write(conditions, "key", etag);
  return answer ? "write" : std::string(answer.error().code);
}

TEST(Conditions, of_writes_look_at_what_is_there) {
  EXPECT_EQ(writing({.if_none_match = "*"}, std::nullopt), "write");
  EXPECT_EQ(writing({.if_none_match = "*"}, "abc"), "PreconditionFailed");
  EXPECT_EQ(writing({.if_none_match = "abc"}, "abc"), "NotImplemented");
  EXPECT_EQ(writing({.if_match = "\"abc\""}, "abc"), "write");
  EXPECT_EQ(writing({.if_match = "\"abd\""}, "abc"), "PreconditionFailed");
  EXPECT_EQ(writing({.if_match = "\"abc\""}, std::nullopt), "NoSuchKey");
}

TEST(StoredHeaders, leave_out_what_belongs_to_the_upload) {
  const auto stored = headers_to_store({{"content-type", "text/plain"},
                                        {"content-length", "5"},
                                        {"content-encoding", "gzip,aws-chunked"},
                                        {"x-amz-meta-owner", "plant: 7"},
                                        {"authorization", "secret"}});
  ASSERT_TRUE(stored);
  EXPECT_EQ(*stored, (HeaderMap{{"content-type", "text/plain"},
                                {"content-encoding", "gzip"},
                                {"x-amz-meta-owner", "plant: 7"}}));
  EXPECT_EQ(from_lines(to_lines(*stored)), *stored);
  EXPECT_EQ(*headers_to_store({{"content-encoding", "aws-chunked"}}),
            (HeaderMap{{"content-type", "binary/octet-stream"}}));
}

TEST(StoredHeaders, refuse_what_would_be_ignored) {
  const auto told = [](const HeaderMap& headers) {
    const auto stored = headers_to_store(headers);
    return stored ? "stored" : std::string(stored.error().code);
  };
  EXPECT_EQ(told({{"x-amz-storage-class", "GLACIER"}}), "InvalidStorageClass");
  EXPECT_EQ(told({{"x-amz-server-side-encryption", "aws:kms"}}), "NotImplemented");
  EXPECT_EQ(told({{"x-amz-object-lock-mode", "COMPLIANCE"}}), "NotImplemented");
  EXPECT_EQ(told({{"x-amz-meta-a", std::string(2048, 'a')}}), "MetadataTooLarge");
}

TEST(StoredHeaders, refuse_what_would_become_a_header_of_its_own) {
  const auto told = [](const HeaderMap& headers) {
    const auto stored = headers_to_store(headers);
    return stored ? "stored" : std::string(stored.error().code);
  };
  EXPECT_EQ(told({{"content-type", "image/png\nx-amz-acl: public-read"}}), "InvalidArgument");
  EXPECT_EQ(told({{"cache-control", "no-cache\r"}}), "InvalidArgument");
  EXPECT_EQ(told({{"x-amz-meta-a", std::string(1, '\0')}}), "InvalidArgument");
  EXPECT_EQ(told({{"x-amz-meta-a: b\nset-cookie", "a"}}), "InvalidArgument");
  EXPECT_EQ(told({{"x-amz-meta-a", "caf\xc3\xa9\t!"}, {"policy", "two\nlines"}}), "stored");
}

TEST(StoredHeaders, give_back_nothing_that_no_object_keeps) {
  EXPECT_EQ(from_lines("content-type: image/png\nset-cookie: a=b\nx-amz-acl: public-read\n"
                       "x-amz-meta-a: 1\n"),
            (HeaderMap{{"content-type", "image/png"}, {"x-amz-meta-a", "1"}}));
}

std::string tagging(std::string_view text) {
  const auto tags = read_tagging(text);
  return tags ? to_tagging(*tags) : std::string(tags.error().code);
}

TEST(Tagging, is_read_as_it_is_written) {
  EXPECT_EQ(tagging(""), "");
  EXPECT_EQ(tagging("plant=7&line="), "plant=7&line=");
  EXPECT_EQ(tagging("a+b=c%20d&%C3%A9=%26&flag"), "a%20b=c%20d&%C3%A9=%26&flag=");
  rc::check([](const std::string& key, const std::string& value) {
    const std::vector<Tag> tags{{"k" + key, value}};
    const auto again = read_tagging(to_tagging(tags));
    if (again) RC_ASSERT(*again == tags);
  });
}

TEST(Tagging, has_the_limits_of_aws) {
  EXPECT_EQ(tagging("a=1&a=2"), "InvalidTag");
  EXPECT_EQ(tagging("=1"), "InvalidTag");
  EXPECT_EQ(tagging("aws:a=1"), "InvalidTag");
  EXPECT_EQ(tagging(std::string(129, 'k') + "=1"), "InvalidTag");
  EXPECT_EQ(tagging("k=" + std::string(257, 'v')), "InvalidTag");
  EXPECT_EQ(tagging("a=%FF"), "InvalidArgument");
  EXPECT_EQ(tagging("a=%zz"), "InvalidArgument");
  EXPECT_EQ(tagging("a&b&c&d&e&f&g&h&i&j"), "a=&b=&c=&d=&e=&f=&g=&h=&i=&j=");
  EXPECT_EQ(tagging("a&b&c&d&e&f&g&h&i&j&k"), "BadRequest");
}

}  // namespace
}  // namespace everseal::s3
