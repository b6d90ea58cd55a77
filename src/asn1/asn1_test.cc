#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "asn1/der.h"
#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "asn1/oid.h"
#include "asn1/pem.h"
#include "asn1/time.h"
#include "clock/time_text.h"
#include "encoding/hex.h"

namespace everseal::asn1 {
namespace {

Bytes hex(std::string_view text) { return encoding::from_hex(text).value(); }
std::string hex_of(const DerWriter& out) { return encoding::to_hex(out.written()); }
TimePoint at(std::string_view iso8601) { return parse_iso8601(iso8601).value(); }

bool is_der(std::string_view digits) { return Der::parse(hex(digits)).has_value(); }

// What the reader says about a value when `read` reads it.
template <class Read>
std::string cause(std::string_view digits, Read read) {
  const Bytes der = hex(digits);
  DerReader in(der);
  read(in);
  const auto done = in.finish("value");
  return done ? "" : done.error().cause;
}

// ---- Oid

TEST(Oid, prints_what_it_parsed) {
  for (const auto* text :
       {"0.0", "0.39", "1.39", "2.0", "2.999", "2.5.4.3", "1.2.840.113549.1.1.11",
        "2.25.340282366920938463463374607431768211455"}) {
    EXPECT_EQ(Oid::parse(text).value().text(), text);
  }
}

TEST(Oid, is_known_at_compile_time) {
  constexpr Oid common_name("2.5.4.3");
  EXPECT_EQ(encoding::to_hex(common_name.content()), "550403");
  EXPECT_EQ(common_name, Oid::from_content(hex("550403")).value());
}

TEST(Oid, encodes_arcs_in_base_128) {
  EXPECT_EQ(encoding::to_hex(Oid::parse("1.2.840.113549").value().content()), "2a864886f70d");
  EXPECT_EQ(encoding::to_hex(Oid::parse("2.999").value().content()), "8837");
}

TEST(Oid, refuses_what_is_not_dotted_decimal) {
  for (const auto* text :
       {"", "1", "1.", ".1.2", "1..2", "1.2.", "3.1", "0.40", "1.40", "1.02", "01.2", "1.2.x",
        "1.2.-3", " 1.2", "1.2 ", "2.25.340282366920938463463374607431768211456"}) {
    EXPECT_FALSE(Oid::parse(text)) << text;
  }
}

TEST(Oid, refuses_padded_truncated_and_oversized_content) {
  for (const auto* content : {"", "80", "8001", "2a80", "2a8001", "55048003"}) {
    EXPECT_FALSE(Oid::from_content(hex(content))) << content;
  }
  EXPECT_FALSE(Oid::from_content(Bytes(64, 1)));
  EXPECT_TRUE(Oid::from_content(Bytes(63, 1)));
}

TEST(Oid, refuses_an_arc_of_129_bits) {
  EXPECT_TRUE(Oid::from_content(hex("6983ffffffffffffffffffffffffffffffffff7f")));
  EXPECT_FALSE(Oid::from_content(hex("698480808080808080808080808080808080808000")));
  EXPECT_FALSE(Oid::from_content(hex("6984808080808080808080808080808080808000")));
}

// ---- time

TEST(Time, is_utc_time_from_1950_through_2049_and_generalized_otherwise) {
  EXPECT_EQ(encode_time(at("1950-01-01T00:00:00Z")).text, "500101000000Z");
  EXPECT_EQ(encode_time(at("2025-01-02T03:04:05Z")).text, "250102030405Z");
  EXPECT_EQ(encode_time(at("2049-12-31T23:59:59Z")).text, "491231235959Z");
  EXPECT_EQ(encode_time(at("2050-01-01T00:00:00Z")).text, "20500101000000Z");
  EXPECT_EQ(encode_time(at("1949-12-31T23:59:59Z")).text, "19491231235959Z");
  EXPECT_EQ(encode_time(no_expiry()).text, "99991231235959Z");
}

TEST(Time, is_floored_to_the_second) {
  EXPECT_EQ(encode_time(at("2025-01-02T03:04:05.999Z")).text, "250102030405Z");
  EXPECT_EQ(encode_time(at("1969-12-31T23:59:59.001Z")).text, "691231235959Z");
}

TEST(Time, throws_for_years_that_four_digits_cannot_say) {
  const TimePoint too_late = no_expiry() + std::chrono::seconds(1);
  EXPECT_FALSE(is_encodable(too_late));
  EXPECT_TRUE(is_encodable(too_late - std::chrono::milliseconds(1)));
  EXPECT_THROW(encode_time(too_late), std::out_of_range);
}

TEST(Time, reads_both_types) {
  EXPECT_EQ(decode_time(Tag::UtcTime, as_bytes("491231235959Z")).value(),
            at("2049-12-31T23:59:59Z"));
  EXPECT_EQ(decode_time(Tag::UtcTime, as_bytes("500101000000Z")).value(),
            at("1950-01-01T00:00:00Z"));
  EXPECT_EQ(decode_time(Tag::GeneralizedTime, as_bytes("99991231235959Z")).value(), no_expiry());
}

TEST(Time, is_generalized_in_every_year_where_a_protocol_wants_that) {
  for (const auto* text : {"19500101000000Z", "20250102030405Z", "20500101000000Z"}) {
    const auto time = decode_generalized_time(as_bytes(text)).value();
    EXPECT_EQ(encode_generalized_time(time), text);
    EXPECT_EQ(encode_generalized_time(time + std::chrono::milliseconds(999)), text);
  }
  for (const auto* text : {"250102030405Z", "20250102030405", "20250230000000Z",
                           "20250102030405.5Z", "202501020304Z"}) {
    EXPECT_FALSE(decode_generalized_time(as_bytes(text))) << text;
  }
  EXPECT_THROW(encode_generalized_time(no_expiry() + std::chrono::seconds(1)), std::out_of_range);
}

TEST(Time, refuses_what_rfc_5280_forbids) {
  for (const auto* text :
       {"", "Z", "2501020304Z", "250102030405", "250102030405+0000", "250102030405.1Z",
        "250102030460Z", "250102036005Z", "250102240405Z", "250229000000Z", "250001000000Z",
        "251301000000Z", "2a0102030405Z", "250102030405z", "20250102030405Z", "-50102030405Z"}) {
    EXPECT_FALSE(decode_time(Tag::UtcTime, as_bytes(text))) << text;
  }
  for (const auto* text : {"20250102030405Z", "20491231235959Z", "205001010000Z", "250102030405Z",
                           "20500101000000.5Z", "20500101000000", "20500230000000Z"}) {
    EXPECT_FALSE(decode_time(Tag::GeneralizedTime, as_bytes(text))) << text;
  }
  EXPECT_FALSE(decode_time(Tag::Utf8String, as_bytes("250102030405Z")));
}

// ---- reader

TEST(DerReader, reads_a_structure_as_its_asn1_reads) {
  const Bytes der = hex("300d0201050101ff0603550403040100");
  DerReader in(ByteView(der).first(15));
  std::uint32_t number = 0;
  bool flag = false;
  Oid oid;
  in.sequence([&](DerReader& body) {
    number = body.small_integer();
    flag = body.boolean();
    oid = body.oid();
    EXPECT_FALSE(body.at_end());
    body.any();
  });
  EXPECT_FALSE(in.finish("test"));  // 0401 is cut off
  EXPECT_EQ(number, 5U);
  EXPECT_TRUE(flag);
  EXPECT_EQ(oid, Oid("2.5.4.3"));
}

TEST(DerReader, says_where_and_why_it_failed) {
  const auto read = [](DerReader& in) {
    in.sequence([](DerReader& body) {
      body.integer();
      body.boolean();
    });
  };
  EXPECT_EQ(cause("3006020105010107", read), "value: octet 5: a BOOLEAN that is neither 00 nor FF");
  EXPECT_EQ(cause("3003020105", read), "value: octet 5: a value is missing");
  EXPECT_EQ(cause("30060201050c0107", read), "value: octet 5: another value is expected");
  EXPECT_EQ(cause("30080201050101ff0500", read), "value: octet 8: more than is expected");
  EXPECT_EQ(cause("30060201050101ff0500", read), "value: octet 8: more than is expected");
}

TEST(DerReader, keeps_its_first_failure_and_answers_empty_values) {
  const Bytes der = hex("0500");
  DerReader in(der);
  in.fail("first");
  in.fail("second");
  EXPECT_TRUE(in.at_end());
  EXPECT_TRUE(in.any().whole.empty());
  EXPECT_EQ(in.oid(), Oid());
  EXPECT_EQ(in.finish("x").error().cause, "x: octet 0: first");
}

TEST(DerReader, refuses_lengths_that_are_not_der) {
  EXPECT_FALSE(
      is_der("3080020105"
             "0000"));                           // indefinite
  EXPECT_FALSE(is_der("308103020105"));          // 3 fits the short form
  EXPECT_FALSE(is_der("30820003020105"));        // leading zero
  EXPECT_FALSE(is_der("30850000000003020105"));  // five octets
  EXPECT_FALSE(is_der("30ff020105"));            // reserved
  EXPECT_FALSE(is_der("3004020105"));            // cut off
  EXPECT_FALSE(is_der("30840fffffff020105"));    // far too long
  EXPECT_FALSE(is_der("30020201"));              // inner one cut off by the outer
  EXPECT_FALSE(is_der("30"));
  EXPECT_FALSE(is_der("3082"));
  EXPECT_FALSE(is_der(""));
  EXPECT_TRUE(is_der("3003020105"));
}

TEST(DerReader, takes_long_lengths_only_from_128_octets_on) {
  Bytes value = hex("048180");
  value.resize(3 + 128);
  EXPECT_TRUE(Der::parse(value));
  Bytes longer = hex("04820100");
  longer.resize(4 + 256);
  EXPECT_TRUE(Der::parse(longer));
  Bytes padded = hex("048200ff");
  padded.resize(4 + 255);
  EXPECT_FALSE(Der::parse(padded));
}

TEST(DerReader, refuses_values_in_another_than_their_only_encoding) {
  EXPECT_FALSE(is_der("0200"));      // INTEGER without octets
  EXPECT_FALSE(is_der("02020001"));  // padded
  EXPECT_FALSE(is_der("0202ff80"));  // padded, negative
  EXPECT_TRUE(is_der("02020080"));
  EXPECT_TRUE(is_der("0202ff7f"));
  EXPECT_FALSE(is_der("010101"));  // BOOLEAN
  EXPECT_FALSE(is_der("01020000"));
  EXPECT_FALSE(is_der("050100"));  // NULL
  EXPECT_FALSE(is_der("0300"));    // BIT STRING
  EXPECT_FALSE(is_der("030101"));
  EXPECT_FALSE(
      is_der("0302080"
             "0"));
  EXPECT_FALSE(is_der("03020101"));
  EXPECT_TRUE(is_der("03020102"));
  EXPECT_TRUE(is_der("030100"));
  EXPECT_FALSE(is_der("0600"));        // OBJECT IDENTIFIER
  EXPECT_FALSE(is_der("24030401aa"));  // constructed OCTET STRING
  EXPECT_FALSE(is_der("1003020105"));  // primitive SEQUENCE
  EXPECT_FALSE(is_der("0000"));        // end of contents
  EXPECT_FALSE(
      is_der("1f8101"
             "00"));                 // tag number above 30
  EXPECT_FALSE(is_der("05000500"));  // a second value
}

TEST(DerReader, follows_at_most_32_levels) {
  const auto nested = [](int levels) {
    Bytes der = hex("0500");
    for (int level = 0; level < levels; ++level) {
      DerWriter out;
      out.element(Tag::Sequence, der);
      der = std::move(out).take();
    }
    return der;
  };
  EXPECT_TRUE(Der::parse(nested(DerReader::kMaxDepth)));
  EXPECT_FALSE(Der::parse(nested(DerReader::kMaxDepth + 1)));
  EXPECT_FALSE(Der::parse(nested(5000)));
}

TEST(DerReader, takes_small_integers_up_to_31_bits) {
  const auto read = [](DerReader& in) { in.small_integer(); };
  EXPECT_EQ(cause("02047fffffff", read), "");
  EXPECT_NE(cause("02050080000000", read), "");
  EXPECT_NE(cause("0201ff", read), "");
}

TEST(DerReader, takes_named_bits_without_trailing_zeros) {
  const auto bits = [](std::string_view digits) {
    const Bytes der = hex(digits);
    DerReader in(der);
    const auto value = in.named_bits();
    return in.finish("bits") ? int{value} : -1;
  };
  EXPECT_EQ(bits("03020780"), 0x001);    // digitalSignature
  EXPECT_EQ(bits("03020106"), 0x060);    // keyCertSign and cRLSign
  EXPECT_EQ(bits("0303070080"), 0x100);  // decipherOnly
  EXPECT_EQ(bits("030100"), 0);
  EXPECT_EQ(bits("03020080"), -1);
  EXPECT_EQ(bits("03020600"), -1);
  EXPECT_EQ(bits("0304000000"
                 "01"),
            -1);
}

TEST(DerReader, opens_octet_strings_that_hold_der) {
  std::uint32_t number = 0;
  const auto read = [&](DerReader& in) {
    in.octet_string([&](DerReader& inner) { number = inner.small_integer(); });
  };
  EXPECT_EQ(cause("0403020107", read), "");
  EXPECT_EQ(number, 7U);
  EXPECT_EQ(cause("04050201070500", read), "value: octet 5: more than is expected");
}

TEST(DerReader, tells_what_comes_next_without_taking_it) {
  const Bytes der = hex("a003020102");
  DerReader in(der);
  EXPECT_TRUE(in.next_is(context_constructed(0)));
  EXPECT_FALSE(in.next_is(context(0)));
  EXPECT_EQ(in.next_tag(), context_constructed(0));
  EXPECT_EQ(in.any().whole.size(), 5U);
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(in.next_tag(), Tag{});
}

// ---- writer

TEST(DerReader, opens_what_stands_elsewhere_if_its_length_is_der) {
  EXPECT_EQ(cause("3005", [](DerReader& in) { EXPECT_EQ(in.header(Tag::Sequence), 5U); }), "");
  EXPECT_EQ(cause("3084ffffffff020105",
                  [](DerReader& in) {
                    EXPECT_EQ(in.header(Tag::Sequence), 0xffffffffU);
                    EXPECT_EQ(in.small_integer(), 5U);
                  }),
            "");
  const auto open = [](DerReader& in) { EXPECT_EQ(in.header(Tag::Sequence), 0U); };
  for (const auto* digits :
       {"", "30", "3105", "3080", "30817f", "30820080", "3081", "308500ffffffff"}) {
    EXPECT_NE(cause(digits, open), "") << digits;
  }
}

TEST(DerWriter, announces_what_is_written_elsewhere) {
  DerWriter out;
  out.header(Tag::Sequence, 127);
  out.header(Tag::Sequence, 128);
  out.header(Tag::Sequence, 0x1000000);
  EXPECT_EQ(hex_of(out),
            "307f"
            "308180"
            "308401000000");
}

TEST(DerWriter, writes_each_type_in_its_only_encoding) {
  DerWriter out;
  out.boolean(true);
  out.boolean(false);
  out.integer(0);
  out.integer(127);
  out.integer(128);
  out.integer(hex("00000080"));
  out.integer(Bytes{});
  out.null();
  out.oid(Oid("2.5.4.3"));
  out.octet_string(hex("0102"));
  out.bit_string(hex("0102"));
  out.text(Tag::Utf8String, "ab");
  out.time(at("2050-01-01T00:00:00Z"));
  EXPECT_EQ(hex_of(out),
            "0101ff"
            "010100"
            "020100"
            "02017f"
            "02020080"
            "02020080"
            "020100"
            "0500"
            "0603550403"
            "04020102"
            "0303000102"
            "0c026162"
            "180f32303530303130313030303030305a");
}

TEST(Der, refuses_strings_with_characters_that_their_type_cannot_hold) {
  const auto taken = [](Tag tag, std::string_view text) {
    DerWriter out;
    out.sequence([&] { out.text(tag, text); });
    return Der::parse(std::move(out).take()).has_value();
  };
  EXPECT_TRUE(taken(Tag::Ia5String, "https://example.com/*@_\x7f"));
  EXPECT_FALSE(taken(Tag::Ia5String, "https://example.com/\xe9"));
  EXPECT_TRUE(taken(Tag::PrintableString, "Example (Corp) '+,-./:=? 1"));
  for (const char* text : {"*.example.com", "a@b", "a_b", "\xc3\xa9"}) {
    EXPECT_FALSE(taken(Tag::PrintableString, text)) << text;
  }
}

TEST(DerWriter, puts_lengths_in_once_they_are_known) {
  for (const std::size_t size : {0UL, 1UL, 127UL, 128UL, 255UL, 256UL, 65535UL, 65536UL}) {
    const Bytes content(size, 0xaa);
    DerWriter direct;
    direct.element(Tag::OctetString, content);
    DerWriter patched;
    patched.octet_string([&] { patched.raw(content); });
    EXPECT_EQ(hex_of(direct), hex_of(patched)) << size;
    EXPECT_TRUE(Der::parse(std::move(direct).take())) << size;
  }
}

TEST(DerWriter, nests) {
  DerWriter out;
  out.sequence([&] {
    out.integer(1);
    out.constructed(context_constructed(3), [&] { out.set([&] { out.null(); }); });
    out.octet_string([&] { out.boolean(true); });
  });
  EXPECT_EQ(hex_of(out),
            "300e020101a30431020500"
            "04030101ff");
}

TEST(DerWriter, writes_named_bits_without_trailing_zeros) {
  const auto bits = [](std::uint16_t value) {
    DerWriter out;
    out.named_bits(value);
    return hex_of(out);
  };
  EXPECT_EQ(bits(0), "030100");
  EXPECT_EQ(bits(0x001), "03020780");
  EXPECT_EQ(bits(0x005), "030205a0");
  EXPECT_EQ(bits(0x060), "03020106");
  EXPECT_EQ(bits(0x100), "0303070080");
}

// ---- Pem

constexpr std::string_view kBlock =
    "-----BEGIN TEST DATA-----\n"
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v\n"
    "MDEyMzQ=\n"
    "-----END TEST DATA-----\n";

Bytes counted(std::size_t size) {
  Bytes octets(size);
  for (std::size_t index = 0; index < size; ++index)
    octets[index] = static_cast<std::uint8_t>(index);
  return octets;
}

TEST(Pem, prints_64_columns) {
  EXPECT_EQ(Pem::print("TEST DATA", counted(53)), kBlock);
  EXPECT_EQ(Pem::print("X", {}), "-----BEGIN X-----\n-----END X-----\n");
}

TEST(Pem, passes_over_what_surrounds_a_block) {
  const std::string text = "Bag Attributes\n  friendlyName: x\n\n" + std::string(kBlock) +
                           "between\n-----BEGINNING\n" + std::string(kBlock) + "behind";
  const auto blocks = Pem::parse_all(text).value();
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0], Pem("TEST DATA", counted(53)));
  EXPECT_EQ(blocks[1], blocks[0]);
  EXPECT_TRUE(Pem::parse_all("").value().empty());
  EXPECT_TRUE(Pem::parse_all("no block\n").value().empty());
}

TEST(Pem, takes_any_line_width_and_ending) {
  const Pem expected("X", counted(6));
  for (const auto* text : {"-----BEGIN X-----\r\nAAEC\r\nAwQF\r\n-----END X-----\r\n",
                           "-----BEGIN X-----\nA\nA\nE\nCAwQF\n-----END X-----",
                           "-----BEGIN X-----  \n\n  AAEC\t\n\nAwQF \n-----END X----- \t\n",
                           "-----BEGIN X-----\nAAECAwQF\n-----END X-----"}) {
    EXPECT_EQ(Pem::parse_one(text, "X").value(), expected) << text;
  }
}

TEST(Pem, refuses_broken_blocks) {
  for (const auto* text : {
           "-----BEGIN X-----\nAAEC\n",                       // no end
           "-----BEGIN X-----\nAAEC\n-----END Y-----\n",      // another label
           "-----BEGIN X-----\nAAEC\n-----END X----\n",       // short dashes
           "-----BEGIN X-----\nAAEC\n-----BEGIN X-----\n",    // begun again
           "-----BEGIN X-----\nAAE\n-----END X-----\n",       // no padding
           "-----BEGIN X-----\nAAE=AAEC\n-----END X-----\n",  // padding inside
           "-----BEGIN X-----\nAAF=\n-----END X-----\n",      // unused bits
           "-----BEGIN X-----\nAA*C\n-----END X-----\n",      // alphabet
           "-----BEGIN X-----\nAA EC\n-----END X-----\n",     // blank inside
           "-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\nAAEC\n-----END X-----\n",
           "-----BEGIN -----\nAAEC\n-----END -----\n",          // no label
           "-----BEGIN \x01-----\nAAEC\n-----END \x01-----\n",  // not printable
           "-----BEGIN X-----AAEC-----END X-----\n",            // one line
       }) {
    EXPECT_FALSE(Pem::parse_one(text, "X")) << text;
  }
}

TEST(Pem, wants_exactly_one_block_with_an_expected_label) {
  const std::string twice = std::string(kBlock) + std::string(kBlock);
  EXPECT_FALSE(Pem::parse_one(twice, "TEST DATA"));
  EXPECT_FALSE(Pem::parse_one("", "TEST DATA"));
  EXPECT_FALSE(Pem::parse_one(kBlock, "OTHER"));
  constexpr std::array<std::string_view, 2> kLabels = {"OTHER", "TEST DATA"};
  EXPECT_TRUE(Pem::parse_one(kBlock, kLabels));
}

}  // namespace
}  // namespace everseal::asn1
