#include "asn1/pem_encoder.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "asn1/pem.h"

namespace everseal::asn1 {
namespace {

TEST(PemEncoder, prints_what_has_no_content_as_two_lines) {
  std::string text;
  PemEncoder(kCrlLabel).finish(text);
  EXPECT_EQ(text, "-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n");
}

TEST(PemEncoder, keeps_less_than_a_line_for_what_comes_next) {
  PemEncoder pem(kCrlLabel);
  std::string text;
  pem.add(Bytes(100, 0xff), text);
  const std::string line = std::string(64, '/') + '\n';
  EXPECT_EQ(text, "-----BEGIN X509 CRL-----\n" + line + line);
  text.clear();
  pem.add(Bytes(43, 0xff), text);
  EXPECT_EQ(text, "");
  pem.add(Bytes(1, 0xff), text);
  EXPECT_EQ(text, line);
}

RC_GTEST_PROP(PemEncoder, prints_pieces_of_any_size_as_the_whole_is_printed,
              (const std::vector<Bytes>& pieces)) {
  PemEncoder pem(kCrlLabel);
  std::string text;
  Bytes whole;
  for (const auto& each : pieces) {
    Bytes piece = each;
    piece.resize(each.size() * *rc::gen::inRange<std::size_t>(1, 8), 0x5a);
    pem.add(piece, text);
    whole.insert(whole.end(), piece.begin(), piece.end());
  }
  pem.finish(text);
  RC_ASSERT(text == Pem::print(kCrlLabel, whole));
}

}  // namespace
}  // namespace everseal::asn1
