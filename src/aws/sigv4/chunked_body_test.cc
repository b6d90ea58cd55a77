#include "aws/sigv4/chunked_body.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include "encoding/hex.h"

namespace everseal::aws::sigv4 {
namespace {

// The vectors of a PUT of "hello": key id and secret are those of test_keys.h.
constexpr std::string_view s3_key =
    "ba384af2eb288f6a3477cc662a7dcd38cb6f2759f4e24a85cb403d6834a9cb38";

ChunkedPayload signed_payload(std::string seed, bool has_trailer) {
  return {.is_signed = true,
          .has_trailer = has_trailer,
          .seed_signature = std::move(seed),
          .signed_at = "20250102T030405Z",
          .scope = "20250102/eu-west-1/s3/aws4_request",
          .signing_key = std::make_shared<const SecretBytes>(*encoding::from_hex(s3_key))};
}
const ChunkedPayload chunks_signed =
    signed_payload("c72394fe5f488f06004339e19dac418cc094e88b07b096025546b49d9f4e64df", false);
const ChunkedPayload trailer_signed =
    signed_payload("4ef3a91f24bca12cf9b7251d079a25003471045e304e5c05cbe396f12d336438", true);
const ChunkedPayload not_signed{.is_signed = false, .has_trailer = true};

const std::string hello_signed =
    "5;chunk-signature=4a1f725ac543466c1cd14b170fa49e7cdc9de43edb45cea9c68db578c9f24860\r\n"
    "hello\r\n"
    "0;chunk-signature=75c2926d744008f02e28d2c0ba3650d44b68fa8ba5c19db5f95a8d566aa7ee05\r\n\r\n";
const std::string hello_with_trailer =
    "5;chunk-signature=4749acc1e9cb268937a7b96c1196166182e9d177cb887be4b8f952da64dbe51b\r\n"
    "hello\r\n"
    "0;chunk-signature=36510f1ddb0ee1b0e6ac42ca9192c59277e0f2ffc3fa4ca1cb136a7905f4a261\r\n"
    "x-amz-checksum-crc32:NhCmhg==\r\n"
    "x-amz-trailer-signature:da441d311633401f69e7f926dd46bc4b580fcd90b55260ea583e75432e2b9bd3\r\n"
    "\r\n";
const std::string hello_unsigned = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";

// What comes out of a body that arrives in pieces of that size: the octets, then "name: value" of
// each trailer, or the code of the error.
struct Sent {
  ChunkedPayload payload;
  std::string length = "5";
  std::string announced{};

  std::string in_pieces_of(std::size_t size, std::string_view body) const {
    http::RequestHead head;
    if (!length.empty()) head.headers.add("X-Amz-Decoded-Content-Length", length);
    if (!announced.empty()) head.headers.add("X-Amz-Trailer", announced);
    auto chunked = ChunkedBody::begin(head, payload);
    if (!chunked) return std::string(chunked.error().code);
    std::string octets;
    while (!body.empty()) {
      const auto piece = body.substr(0, size);
      body.remove_prefix(piece.size());
      const auto written =
          chunked->write(as_bytes(piece), [&](ByteView part) -> Result<void, ApiError> {
            octets += as_text(part);
            return {};
          });
      if (!written) return std::string(written.error().code);
    }
    const auto trailers = chunked->finish();
    if (!trailers) return std::string(trailers.error().code);
    for (const auto& [name, value] : *trailers) octets += " " + name + ": " + value;
    return octets;
  }
  std::string of(std::string_view body) const { return in_pieces_of(1 << 20, body); }
};

TEST(ChunkedBody, takes_the_octets_out_of_their_chunks) {
  EXPECT_EQ((Sent{chunks_signed}.of(hello_signed)), "hello");
  EXPECT_EQ((Sent{trailer_signed, "5", "x-amz-checksum-crc32"}.of(hello_with_trailer)),
            "hello x-amz-checksum-crc32: NhCmhg==");
  EXPECT_EQ((Sent{not_signed, "5", "x-amz-checksum-crc32"}.of(hello_unsigned)),
            "hello x-amz-checksum-crc32: NhCmhg==");
  EXPECT_EQ((Sent{not_signed, "11"}.of("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")), "hello world");
  EXPECT_EQ((Sent{not_signed, "0"}.of("0\r\n\r\n")), "");
}

TEST(ChunkedBody, is_the_same_however_it_is_cut) {
  for (std::size_t size = 1; size < 120; ++size) {
    EXPECT_EQ((Sent{chunks_signed}.in_pieces_of(size, hello_signed)), "hello");
    EXPECT_EQ((Sent{trailer_signed}.in_pieces_of(size, hello_with_trailer)),
              "hello x-amz-checksum-crc32: NhCmhg==");
  }
}

TEST(ChunkedBody, reads_trailers_however_their_lines_end) {
  const Sent sent{not_signed, "5", "x-amz-checksum-crc32"};
  const auto wanted = "hello x-amz-checksum-crc32: NhCmhg==";
  EXPECT_EQ(sent.of("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\n"), wanted);
  EXPECT_EQ(sent.of("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\n\r\n\r\n"), wanted);
  EXPECT_EQ(sent.of("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg=="), wanted);
}

TEST(ChunkedBody, refuses_what_is_not_as_it_was_signed) {
  for (std::size_t at = 0; at < hello_signed.size(); ++at) {
    auto changed = hello_signed;
    changed[at] = changed[at] == '1' ? '2' : '1';
    const auto outcome = Sent{chunks_signed}.of(changed);
    EXPECT_TRUE(outcome == "SignatureDoesNotMatch" || outcome == "IncompleteBody")
        << at << " " << outcome;
  }
  auto forged = hello_with_trailer;
  forged.replace(forged.find("NhCmhg"), 1, "M");
  EXPECT_EQ((Sent{trailer_signed}.of(forged)), "SignatureDoesNotMatch");
  const auto unsigned_trailer = hello_with_trailer.substr(0, hello_with_trailer.find("x-amz-tr"));
  EXPECT_EQ((Sent{trailer_signed}.of(unsigned_trailer)), "SignatureDoesNotMatch");
}

TEST(ChunkedBody, refuses_a_body_that_ends_early) {
  for (std::size_t size = 0; size < hello_signed.size() - 3; ++size) {
    const auto outcome = Sent{chunks_signed}.of(hello_signed.substr(0, size));
    EXPECT_EQ(outcome, "IncompleteBody") << size;
  }
}

TEST(ChunkedBody, refuses_framing_that_is_broken) {
  const Sent sent{not_signed};
  for (const auto* body :
       {"hello", "5\nhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "5\r\nhelloo\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\n\r\nno trailer", "fffffffffffffffff\r\nhello\r\n0\r\n\r\n"}) {
    EXPECT_EQ(sent.of(body), "IncompleteBody") << body;
  }
  EXPECT_EQ(sent.of(std::string(100'000, '0')), "IncompleteBody");
}

TEST(ChunkedBody, has_the_length_that_was_said) {
  EXPECT_EQ((Sent{not_signed, "4"}.of(hello_unsigned)), "IncompleteBody");
  EXPECT_EQ((Sent{not_signed, "6"}.of(hello_unsigned)), "IncompleteBody");
  EXPECT_EQ((Sent{not_signed, ""}.of(hello_unsigned)), "MissingContentLength");
  EXPECT_EQ((Sent{not_signed, "five"}.of(hello_unsigned)), "InvalidArgument");
}

TEST(ChunkedBody, has_the_trailers_that_were_announced) {
  EXPECT_EQ((Sent{not_signed, "5", "x-amz-checksum-sha256"}.of(hello_unsigned)),
            "MalformedTrailerError");
  EXPECT_EQ((Sent{chunks_signed}.of(hello_signed + "x-amz-checksum-crc32:NhCmhg==\r\n")),
            "IncompleteBody");
}

TEST(ChunkedBody, brings_any_octets_back_from_any_chunks) {
  rc::check([](const std::vector<std::string>& parts) {
    std::string body;
    std::string octets;
    for (const auto& part : parts) {
      if (part.empty()) continue;
      std::array<char, 16> size{};
      std::snprintf(size.data(), size.size(), "%zx", part.size());
      body += std::string(size.data()) + "\r\n" + part + "\r\n";
      octets += part;
    }
    const Sent sent{not_signed, std::to_string(octets.size())};
    const auto piece = *rc::gen::inRange<std::size_t>(1, 20);
    RC_ASSERT(sent.in_pieces_of(piece, body + "0\r\n\r\n") == octets);
  });
}

}  // namespace
}  // namespace everseal::aws::sigv4
