#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "encoding/base64.h"
#include "encoding/hex.h"
#include "encoding/percent.h"
#include "encoding/utf8.h"

namespace everseal::encoding {
namespace {

TEST(Hex, writes_lower_case_with_or_without_separator) {
  EXPECT_EQ(to_hex(Bytes{0x0a, 0xf1}), "0af1");
  EXPECT_EQ(to_hex(Bytes{0x0a, 0xf1}, ':'), "0a:f1");
  EXPECT_EQ(to_hex(Bytes{}, ':'), "");
}

TEST(Hex, refuses_odd_lengths_and_strange_digits) {
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("zz"));
}

TEST(Hex, reads_back_what_it_wrote) {
  EXPECT_TRUE(rc::check([](const Bytes& bytes) { RC_ASSERT(*from_hex(to_hex(bytes)) == bytes); }));
}

TEST(Base64, agrees_with_the_vectors_of_rfc_4648) {
  EXPECT_EQ(to_base64(as_bytes("")), "");
  EXPECT_EQ(to_base64(as_bytes("f")), "Zg==");
  EXPECT_EQ(to_base64(as_bytes("fo")), "Zm8=");
  EXPECT_EQ(to_base64(as_bytes("foobar")), "Zm9vYmFy");
}

TEST(Base64, refuses_what_is_not_canonical) {
  for (const auto* text : {"Zg=", "Zg", "Zh==", "Z===", "====", "Zm9=", "Zm 8", "Zg==Zg=="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

TEST(Base64, reads_back_what_it_wrote) {
  EXPECT_TRUE(
      rc::check([](const Bytes& bytes) { RC_ASSERT(*from_base64(to_base64(bytes)) == bytes); }));
}

TEST(Percent, encodes_all_but_unreserved_letters) {
  EXPECT_EQ(percent_encode("a b/c~é"), "a%20b%2Fc~%C3%A9");
  EXPECT_EQ(percent_encode_path("/a b/c"), "/a%20b/c");
}

TEST(Percent, refuses_a_sequence_that_is_cut_off) {
  EXPECT_FALSE(percent_decode("%4"));
  EXPECT_FALSE(percent_decode("%zz"));
}

TEST(Percent, reads_a_plus_as_a_space_only_in_forms) {
  EXPECT_EQ(*percent_decode("a+b"), "a+b");
  EXPECT_EQ(*form_decode("a+b%2B"), "a b+");
}

TEST(Percent, reads_back_what_it_wrote) {
  EXPECT_TRUE(rc::check(
      [](const std::string& text) { RC_ASSERT(*percent_decode(percent_encode(text)) == text); }));
}

TEST(Utf8, counts_code_points) { EXPECT_EQ(utf8_length("aé€😀"), 4U); }

TEST(Utf8, refuses_overlong_forms_surrogates_and_cut_sequences) {
  for (const auto* text : {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\xff"}) {
    EXPECT_FALSE(utf8_length(text));
  }
}

}  // namespace
}  // namespace everseal::encoding
