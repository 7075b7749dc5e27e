<#ftl output_format="HTML">
<#macro badge kind><span class="badge ${kind?replace(" ", "-")}">${kind}</span></#macro>
<#macro code lines numbered><#list lines as line><#if numbered && line.number gt 0><i>${line.number}</i></#if><b<#if line.fate?has_content> class="${line.fate}"</#if>>${line.text}</b>
</#list></#macro>
<#assign open = []>
<#list report.sections as section>
  <#if ["approximated", "not carried"]?seq_contains(section.fate.kind.text())><#assign open += [{"where": section.title, "place": section.position, "fate": section.fate, "id": "s" + section?index}]></#if>
  <#list section.keys as key>
    <#-- What goes with its section is not told again. -->
    <#if ["approximated", "not carried"]?seq_contains(key.fate.kind.text()) && key.fate.text != "with its section"><#assign open += [{"where": section.title + " " + key.name, "place": key.position, "fate": key.fate, "id": "s" + section?index + "k" + key?index}]></#if>
  </#list>
</#list>
<#assign all = 0><#list totals as kind, count><#assign all += count></#list>
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${account.source} to Pintle</title>
<style>
:root {
  --bg: #fbfbfa; --panel: #ffffff; --text: #1d2125; --soft: #57606a; --line: #d9dcdf; --code: #f4f5f6; --link: #0b5cad;
  --kept: #136b2b; --kept-bg: #dff3e4; --changed: #0b5cad; --changed-bg: #dcebfa;
  --approximated: #8a5300; --approximated-bg: #fdeccb; --not-carried: #b42318; --not-carried-bg: #fde2df;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #14171a; --panel: #1b1f23; --text: #e4e7ea; --soft: #a3acb5; --line: #343a40; --code: #22272c; --link: #6cb2f7;
    --kept: #6fd28b; --kept-bg: #173822; --changed: #7cbcf8; --changed-bg: #15324f;
    --approximated: #f0b95c; --approximated-bg: #44310f; --not-carried: #ff9a90; --not-carried-bg: #4d1f1b;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main, header, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.lead, .soft { color: var(--soft); }
.lead { margin: 0 0 1.5rem; overflow-wrap: anywhere; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--panel); padding: .5rem 1rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 0; padding: 0; list-style: none; }
.cards li { background: var(--panel); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; }
.cards strong { display: block; font-size: 1.9rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
.cards .kept strong { color: var(--kept); } .cards .changed strong { color: var(--changed); }
.cards .approximated strong { color: var(--approximated); } .cards .not-carried strong { color: var(--not-carried); }
.cards span { display: block; color: var(--soft); font-size: .875rem; }
.share { display: flex; height: .6rem; border-radius: .3rem; overflow: hidden; margin: 1rem 0 0; gap: 2px; }
.share span { flex-basis: 0; min-width: 3px; }
.share .kept { background: var(--kept); } .share .changed { background: var(--changed); }
.share .approximated { background: var(--approximated); } .share .not-carried { background: var(--not-carried); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 1.25rem; overflow: hidden; }
.panel > .head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
.panel > .head .soft { font-size: .875rem; overflow-wrap: anywhere; }
.panel > p { margin: .75rem 1rem; }
.stop { padding: 1rem 1.25rem 1.25rem; }
.stop dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1rem; margin: 0; align-items: center; position: relative; }
.stop dt { color: var(--soft); } .stop dd { margin: 0; display: flex; align-items: center; gap: .6rem; min-width: 0; }
.stop .bar { height: 1.1rem; border-radius: .25rem; background: var(--changed); min-width: 3px; flex: none; }
.stop .before .bar { background: var(--soft); } .stop .limit .bar { background: none; border: 2px dashed var(--not-carried); }
.stop .over { color: var(--not-carried); font-weight: 600; }
.badge { display: inline-block; border-radius: 1rem; padding: .05rem .6rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.badge.kept { color: var(--kept); background: var(--kept-bg); } .badge.changed { color: var(--changed); background: var(--changed-bg); }
.badge.approximated { color: var(--approximated); background: var(--approximated-bg); }
.badge.not-carried { color: var(--not-carried); background: var(--not-carried-bg); }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; table-layout: fixed; }
col.c1 { width: 11.5rem; } col.c2 { width: 15rem; } col.c3 { width: 9rem; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8125rem; }
th, td { padding: .45rem 1rem; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; }
td.line { font-variant-numeric: tabular-nums; color: var(--soft); overflow-wrap: anywhere; }
td.key code { font-size: .875rem; }
.panel li .hint, td .hint, li .hint { display: block; color: var(--soft); }
td .hint::before, li .hint::before { content: "\2192\00a0"; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); border-bottom: 1px solid var(--line); }
.sides > div { min-width: 0; display: flex; flex-direction: column; } .sides pre { flex: auto; } .sides > div + div { border-left: 1px solid var(--line); }
.sides h4 { margin: 0; padding: .5rem 1rem; font-size: .8125rem; color: var(--soft); font-weight: 600; }
pre { margin: 0; padding: .6rem 1rem; background: var(--code); font-size: .8125rem; line-height: 1.6; overflow-x: auto; }
pre i { display: inline-block; width: 2.5em; color: var(--soft); font-style: normal; text-align: right; margin-right: 1em; user-select: none; }
pre b { font-weight: 400; }
pre b.approximated, pre b.not-carried { border-left: 3px solid currentColor; margin-left: calc(-.5em - 3px); padding-left: .5em; }
pre b.approximated { color: var(--approximated); } pre b.not-carried { color: var(--not-carried); }
pre b.added { color: var(--kept); background: var(--kept-bg); } pre b.removed { color: var(--not-carried); background: var(--not-carried-bg); }
pre b.header { color: var(--soft); }
summary { cursor: pointer; padding: .5rem 1rem; color: var(--link); font-size: .875rem; }
.look { margin: 0; padding: 0; list-style: none; }
.look li { padding: .6rem 1rem; border-top: 1px solid var(--line); display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 1rem; }
.look li:first-child { border-top: 0; }
.notes { margin: 0; padding: .25rem 1rem .75rem; }
.notes dt { font-weight: 600; margin-top: .6rem; } .notes dd { margin: 0; }
.verdict { padding: .25rem 1rem; border-left: .4rem solid var(--kept); } .verdict.open { border-left-color: var(--not-carried); }
.verdict p { margin: .5rem 0; font-size: 1.125rem; } .verdict ol { margin: .25rem 0 .75rem; padding-left: 1.75rem; } .verdict li { padding: .25rem 0; overflow-wrap: anywhere; }
.diff { font-size: .8125rem; } .diff col.n { width: 3rem; }
.diff td { padding: .05rem .6rem; border-top: 0; } .diff td code { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8125rem; }
.diff td.n { color: var(--soft); text-align: right; padding: .05rem .25rem; font-variant-numeric: tabular-nums; user-select: none; }
.diff tr.changed td.old { background: var(--not-carried-bg); } .diff tr.changed td.new { background: var(--kept-bg); }
.diff tr.changed td.none { background: var(--code); }
.diff tr.gap td { color: var(--soft); background: var(--code); font-style: italic; }
footer { color: var(--soft); font-size: .875rem; padding: 2rem 1.5rem 3rem; }
@media (max-width: 48rem) {
  .sides { grid-template-columns: minmax(0, 1fr); } .sides > div + div { border-left: 0; border-top: 1px solid var(--line); }
  .look li { grid-template-columns: 1fr; gap: .25rem; }
  table, thead, tbody, tr, td { display: block; } thead { display: none; }
  colgroup { display: none; } td { border-top: 0; padding: .1rem 1rem; }
  td.line, td.key, td.fate { display: inline-block; padding-right: 0; }
  tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  .diff tr { border-top: 0; padding: 0; } .diff td { padding: .05rem 1rem; } .diff td.n, .diff tr.same td.new, .diff tr.gap td.new, .diff td.none { display: none; }
  .diff tr.changed td.old::before { content: "- "; } .diff tr.changed td.new::before { content: "+ "; }
}
@media print { body { background: none; } .panel { break-inside: avoid-page; } details > * { display: block; } }
</style>
</head>
<body>
<a class="skip" href="#look">Skip to what to look at</a>
<header>
<h1>${account.source} to Pintle</h1>
<p class="lead">The layout: ${account.target}. Every section and key of the input is below, with its line and what became of it.</p>
</header>
<main>
<section aria-labelledby="summary">
<h2 id="summary">Summary</h2>
<div class="panel verdict ${todo?has_content?then("open", "done")}">
<p><strong>${verdict?cap_first}</strong></p>
<#if todo?has_content>
<ol>
<#list todo as it>
<li><#list it.places as place><code>${place.file}:${place.line} ${place.what}</code><#sep>, </#list><br>${it.text}<#if it.hint??><span class="hint">${it.hint}</span></#if></li>
</#list>
</ol>
</#if>
</div>
<ul class="cards">
<#list totals as kind, count>
<li class="${kind?replace(" ", "-")}"><strong>${count}</strong>${kind} <span>${{"kept": "means what it meant", "changed": "written otherwise, same effect", "approximated": "differs: see below", "not carried": "gone: see below"}[kind]}</span></li>
</#list>
</ul>
<#if all gt 0>
<div class="share" role="img" aria-label="<#list totals as kind, count>${count} of ${all} ${kind}<#sep>, </#list>">
<#list totals as kind, count><#if count gt 0><span class="${kind?replace(" ", "-")}" style="flex-grow:${count}"></span></#if></#list>
</div>
</#if>
</section>
<section aria-labelledby="stop">
<h2 id="stop">How long a stop can take</h2>
<div class="panel stop">
<#assign longest = [report.stop.before!0, report.stop.after, 10]?max>
<dl>
<#if report.stop.before??>
<dt>before</dt><dd class="before"><span class="bar" style="width:${(report.stop.before * 70 / longest)?string["0.##"]}%"></span><span<#if report.stop.before gt 10> class="over"</#if>>${report.stop.before} s</span></dd>
<#else>
<dt>before</dt><dd class="before"><span class="over">no limit</span></dd>
</#if>
<dt>now</dt><dd class="after"><span class="bar" style="width:${(report.stop.after * 70 / longest)?string["0.##"]}%"></span><span<#if report.stop.after gt 10> class="over"</#if>>${report.stop.after} s</span></dd>
<dt>Docker kills after</dt><dd class="limit"><span class="bar" style="width:${(700 / longest)?string["0.##"]}%"></span><span>10 s, unless told otherwise</span></dd>
</dl>
</div>
</section>
<section aria-labelledby="look">
<h2 id="look">What to look at</h2>
<#if open?has_content>
<div class="panel"><ul class="look">
<#list open as it>
<li><div><@badge it.fate.kind.text()/></div><div><a href="#${it.id}"><code>${it.where}</code></a> <span class="soft">${it.place.file}:${it.place.line}</span><br>${it.fate.text}<#if it.fate.hint??><span class="hint">${it.fate.hint}</span></#if></div></li>
</#list>
</ul></div>
<#else>
<p>Nothing: all of it means what it meant.</p>
</#if>
<#if account.warnings?has_content>
<h2>Warnings</h2>
<div class="panel"><ul class="look">
<#list account.warnings as warning>
<li><div class="soft">${warning.file}:${warning.line}</div><div>${warning.message}<#if warning.hint??><span class="hint">${warning.hint}</span></#if></div></li>
</#list>
</ul></div>
</#if>
</section>
<#assign changes = sides.changes()>
<#if changes?has_content>
<section aria-labelledby="changes">
<h2 id="changes">${account.written?then("What was changed in the build", "What is to be changed in the build")}</h2>
<#list changes as file>
<article class="panel" aria-labelledby="c${file?index}">
<div class="head"><h3 id="c${file?index}">${file.name}</h3></div>
<table class="diff" aria-label="${file.name}, before and after">
<colgroup><col class="n"><col><col class="n"><col></colgroup>
<thead><tr><th scope="col" colspan="2">before</th><th scope="col" colspan="2">after</th></tr></thead>
<tbody>
<#list file.rows as row>
<tr class="${row.kind}"><td class="n"><#if row.number gt 0>${row.number}</#if></td><td class="old<#if row.kind == "changed" && row.number == 0> none</#if>"><code>${row.before}</code></td><td class="n"><#if row.later gt 0>${row.later}</#if></td><td class="new<#if row.kind == "changed" && row.later == 0> none</#if>"><code>${row.after}</code></td></tr>
</#list>
</tbody>
</table>
</article>
</#list>
</section>
</#if>
<section aria-labelledby="keys">
<h2 id="keys">Every section and key</h2>
<#list report.sections as section>
<#assign before = sides.before(section)><#assign after = sides.after(section)><#assign patch = sides.patch(section)>
<article class="panel" id="s${section?index}" aria-labelledby="h${section?index}">
<div class="head"><h3 id="h${section?index}">${section.title}</h3><span class="soft">${section.position.file}:${section.position.line}</span><#if section.services?has_content><span class="soft">becomes ${section.services?join(", ")}</span></#if></div>
<#if section.fate.text?has_content><p><@badge section.fate.kind.text()/> ${section.fate.text}<#if section.fate.hint??> <span class="soft">&rarr; ${section.fate.hint}</span></#if></p></#if>
<#if patch?has_content>
<pre tabindex="0" aria-label="Patch of ${section.title}"><@code patch false/></pre>
<#elseif before?has_content && after?has_content>
<div class="sides">
<div><h4>Before: ${section.position.file}</h4><pre tabindex="0" aria-label="Before"><@code before true/></pre></div>
<div><#list after as file>
<#if file?index == 1><details><summary>${after?size - 1} more</summary></#if>
<h4>After: ${file.name}</h4><pre tabindex="0" aria-label="After: ${file.name}"><@code file.lines true/></pre>
<#if file?is_last && file?index gt 0></details></#if>
</#list></div>
</div>
</#if>
<#if section.keys?has_content>
<table>
<colgroup><col class="c1"><col class="c2"><col class="c3"><col></colgroup>
<thead><tr><th scope="col">line</th><th scope="col">key</th><th scope="col">fate</th><th scope="col">what became of it</th></tr></thead>
<tbody>
<#list section.keys as key>
<tr id="s${section?index}k${key?index}"><td class="line"><#if key.position.file != section.position.file>${key.position.file}:</#if>${key.position.line}</td><td class="key"><code>${key.name}</code></td><td class="fate"><@badge key.fate.kind.text()/></td><td>${key.fate.text}<#if key.fate.hint??><span class="hint">${key.fate.hint}</span></#if></td></tr>
</#list>
</tbody>
</table>
</#if>
</article>
</#list>
</section>
<section aria-labelledby="notes">
<h2 id="notes">For all services</h2>
<div class="panel"><dl class="notes">
<#list report.notes as note>
<dt>${note.title}</dt><dd>${note.text}</dd>
</#list>
</dl></div>
</section>
<#if account.proof?has_content>
<section aria-labelledby="proof">
<h2 id="proof">To prove that everything starts, and starts again</h2>
<div class="panel"><pre tabindex="0" aria-label="Commands">
<#list account.proof as command>
${command}
</#list>
</pre></div>
</section>
</#if>
</main>
<footer>Made by pintle-convert. Values of environments, and what looks like a password, are hidden on this page.</footer>
</body>
</html>
