# add_migrations(TARGET [NAMESPACE everseal::acmpca])
#
# Embeds the folder's migrations/0001_name.sqlite.sql and migrations/0001_name.postgres.sql, numbered
# without a gap, into a module that add_module(SOURCES ...) has just made. The module then publishes
# "<its path>/migrations.h" with
#   namespace everseal::acmpca { const sql::MigrationSet& migrations(); }
# The owner of the set, which names it in the database, is the path below src/ without services/
# ("acmpca", "issuance_log"); so is the namespace, unless NAMESPACE says otherwise.
function(add_migrations target)
  cmake_parse_arguments(SET "" "NAMESPACE" "" ${ARGN})
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX REPLACE "^services/" "" place ${path})
  string(REPLACE "/" "_" owner ${place})
  if(NOT SET_NAMESPACE)
    string(REPLACE "/" "::" SET_NAMESPACE "everseal/${place}")
  endif()
  list_migrations(${CMAKE_CURRENT_SOURCE_DIR}/migrations)
  set(published ${CMAKE_CURRENT_BINARY_DIR}/published)
  write_if_changed(${published}/${path}/migrations.h
"#pragma once

#include \"sql/migrations.h\"

namespace ${SET_NAMESPACE} {

// The tables of this module: the texts in ${path}/migrations/.
const sql::MigrationSet& migrations();

}  // namespace ${SET_NAMESPACE}
")
  write_if_changed(${CMAKE_CURRENT_BINARY_DIR}/migrations.cc
"#include \"${path}/migrations.h\"

namespace ${SET_NAMESPACE} {

const sql::MigrationSet& migrations() {
  static const sql::MigrationSet set{\"${owner}\", {
${MIGRATIONS}  }};
  return set;
}

}  // namespace ${SET_NAMESPACE}
")
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/migrations.cc)
  target_include_directories(${target} PUBLIC ${published})
  target_link_libraries(${target} PUBLIC sql)
endfunction()

# Sets MIGRATIONS to the initializers of the folder's migrations, in order.
function(list_migrations folder)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(FILTER files EXCLUDE REGEX "^\\.")
  set(names ${files})
  list(TRANSFORM names REPLACE "\\.(sqlite|postgres)\\.sql$" "")
  list(REMOVE_DUPLICATES names)
  list(SORT names)
  set(number 0)
  foreach(name IN LISTS names)
    math(EXPR number "${number} + 1")
    string(LENGTH ${number} digits)
    string(SUBSTRING "0000" ${digits} -1 zeros)
    if(NOT name MATCHES "^${zeros}${number}_[a-z0-9_]+$")
      message(FATAL_ERROR "${folder}/${name}: expected ${zeros}${number}_<words>.{sqlite,postgres}.sql")
    endif()
    string(APPEND initializers "      {\"${name}\"")
    foreach(engine sqlite postgres)
      set(file ${folder}/${name}.${engine}.sql)
      if(NOT EXISTS ${file})
        message(FATAL_ERROR "${file} is missing: a migration has a text for each engine")
      endif()
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
      file(READ ${file} text)
      file(SHA256 ${file} checksum)
      string(APPEND initializers ",\n       {R\"sql(${text})sql\",\n        \"${checksum}\"}")
    endforeach()
    string(APPEND initializers "},\n")
  endforeach()
  set(MIGRATIONS "${initializers}" PARENT_SCOPE)
endfunction()

function(write_if_changed file text)
  if(EXISTS ${file})
    file(READ ${file} present)
    if(present STREQUAL text)
      return()
    endif()
  endif()
  file(WRITE ${file} "${text}")
endfunction()
