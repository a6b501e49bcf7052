// Measures the picture of a page, and writes what is wrong with it into the document.
const svg = document.querySelector('.picture svg');
const all = [...svg.querySelectorAll('text')].map(t => ({name: t.textContent, area: t.getBBox(), box: t.parentNode.tagName === 'g' ? t.parentNode.querySelector('rect').getBBox() : null}));
const boxes = [...svg.querySelectorAll('g > rect')].map(r => r.getBBox());
const room = svg.viewBox.baseVal;
const inside = (a, b) => a.x >= b.x - 0.5 && a.y >= b.y - 0.5 && a.x + a.width <= b.x + b.width + 0.5 && a.y + a.height <= b.y + b.height + 0.5;
const apart = (a, b) => a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5 || a.y + a.height <= b.y + 0.5 || b.y + b.height <= a.y + 0.5;
// Letters do not fill the height of their line: what counts is the middle of it.
const core = a => ({x: a.x, y: a.y + a.height / 4, width: a.width, height: a.height / 2});
const overlapping = [];
for (let i = 0; i < all.length; i++) {
	for (let j = i + 1; j < all.length; j++) {
		if (!apart(core(all[i].area), core(all[j].area))) overlapping.push(all[i].name + ' / ' + all[j].name);
	}
	if (!all[i].box) {
		for (const box of boxes) if (!apart(core(all[i].area), box)) overlapping.push(all[i].name + ' / box');
	}
}
for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) if (!apart(boxes[i], boxes[j])) overlapping.push('boxes ' + i + ' and ' + j);
const report = {
	boxes: boxes.length,
	texts: all.length,
	outside: all.filter(t => t.box && !inside(core(t.area), t.box)).map(t => t.name),
	overlapping,
	cut: all.map(t => t.area).concat(boxes).filter(a => !inside(a, room)).length ? ['something'] : [],
	headings: [...document.querySelectorAll('h2')].map(h => h.textContent),
	fields: document.querySelectorAll('table:not(.code) tr').length,
	active: [...document.querySelectorAll('script,[src],[href],iframe,object,embed,link,img,image,use,foreignObject')].filter(e => e !== document.currentScript).map(e => e.outerHTML)
};
const pre = document.createElement('pre');
pre.id = 'report';
pre.textContent = JSON.stringify(report).replace(/[<>&]/g, ' ');
document.body.appendChild(pre);
