-- mutants.lua: small changes that break the library, each of which a test must notice: `premake4 mutate` makes them one by one.
--
-- area: the invariant it breaks, the article it undoes, or the part it harms. old stands in the file exactly once. groups: of the
-- library's tests, in this order until one fails; all when there are none. check: a check of tests/check instead. row: what it is
-- built as, where that is not `mutants`; in the row `explore` no yield is needed for the orders that fail to be seen.

local all = {}
for _, broken in ipairs {
    "closing",  -- closed once, by the owner, by the right closer: 1 to 3
    "bounds",   -- what is counted: 5
    "recovery", -- what is closed for the program: 7, and the articles' guards
    "program",  -- what the program sees of it: 4, 6 and 8 to 11
    "parts",    -- owners, the report, settings, names, out-parameters, fork, classes
} do
    for _, mutant in ipairs(dofile("mutants/" .. broken .. ".lua")) do all[#all + 1] = mutant end
end
return all
